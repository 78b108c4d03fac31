package io.stepsampler.messages;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * A probe's id: the name-based UUID (version 5, RFC 9562) of (kind, learning rate, seed, steps) in the name space of
 * the search. The same probe planned twice is the same probe.
 */
public final class ProbeIdentity {

    private static final long VERSION_MASK = 0xffff_ffff_ffff_0fffL;
    private static final long VERSION_5 = 0x5000L;
    private static final long VARIANT_MASK = 0x3fff_ffff_ffff_ffffL;
    private static final long VARIANT_RFC = 0x8000_0000_0000_0000L;

    private ProbeIdentity() {}

    public static UUID of(UUID searchId, ProbeKind kind, long seed, int steps) {
        return nameBased(searchId, name(kind) + "|seed=" + seed + "|steps=" + steps);
    }

    private static String name(ProbeKind kind) {
        if (kind instanceof ProbeKind.ConstantRate constant) {
            return "constant-rate|" + decimal(constant.learningRate());
        }
        if (kind instanceof ProbeKind.Sweep sweep) {
            return "sweep|" + decimal(sweep.from()) + "|" + decimal(sweep.to());
        }
        ProbeKind.Segment segment = (ProbeKind.Segment) kind;
        return "segment|" + decimal(segment.learningRate()) + "|index=" + segment.index();
    }

    /** One text for one number: 1e-7, 1.0E-7 and 0.0000001 are the same rate. */
    private static String decimal(double rate) {
        return BigDecimal.valueOf(rate).stripTrailingZeros().toString();
    }

    private static UUID nameBased(UUID nameSpace, String name) {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer input = ByteBuffer.allocate(2 * Long.BYTES + nameBytes.length)
                .putLong(nameSpace.getMostSignificantBits())
                .putLong(nameSpace.getLeastSignificantBits())
                .put(nameBytes);
        ByteBuffer hash = ByteBuffer.wrap(sha1(input.array()));
        long high = (hash.getLong() & VERSION_MASK) | VERSION_5;
        long low = (hash.getLong() & VARIANT_MASK) | VARIANT_RFC;
        return new UUID(high, low);
    }

    private static byte[] sha1(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
