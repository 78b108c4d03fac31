package io.stepsampler.coordinator.webhooks;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * All addresses that begin with the same bits.
 *
 * @param prefix those bits
 * @param length how many they are
 * @param width bits of an address: 32 or 128
 */
record Network(BigInteger prefix, int length, int width) {

    /** @param text such as {@code 10.0.0.0/8} */
    static Network of(String text) {
        int slash = text.indexOf('/');
        byte[] address = bytes(text.substring(0, slash));
        int length = Integer.parseInt(text.substring(slash + 1));
        int width = address.length * Byte.SIZE;
        return new Network(new BigInteger(1, address).shiftRight(width - length), length, width);
    }

    boolean contains(byte[] address) {
        return address.length * Byte.SIZE == width
                && new BigInteger(1, address).shiftRight(width - length).equals(prefix);
    }

    private static byte[] bytes(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal + " is no address", e);
        }
    }
}
