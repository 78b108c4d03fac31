package io.stepsampler.coordinator.webhooks;

import java.net.InetAddress;

/** How far webhooks may reach. */
public enum Reach {
    /** A team must not look through this service into the network that it stands in. */
    PUBLIC("https") {
        @Override
        public boolean allows(InetAddress address) {
            return PublicAddresses.contains(address);
        }
    },
    /** Teams may have receivers inside, where certificates are rare. */
    ANYWHERE("http or https") {
        @Override
        public boolean allows(InetAddress address) {
            return true;
        }
    };

    private final String schemes;

    Reach(String schemes) {
        this.schemes = schemes;
    }

    public abstract boolean allows(InetAddress address);

    /** In words. */
    String schemes() {
        return schemes;
    }

    boolean allowsScheme(String scheme) {
        return scheme.equals("https") || (this == ANYWHERE && scheme.equals("http"));
    }
}
