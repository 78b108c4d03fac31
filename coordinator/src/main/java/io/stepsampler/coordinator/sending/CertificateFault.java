package io.stepsampler.coordinator.sending;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a receiver's certificate, told from the kinds of the causes alone: their texts may hold what the other
 * side sent.
 */
final class CertificateFault {

    private static final int MOST_CAUSES = 16;

    private CertificateFault() {}

    /** The end of a sentence; empty where it is not the certificate. */
    static String of(Throwable failure) {
        List<Throwable> causes = Stream.<@Nullable Throwable>iterate(
                        failure, cause -> cause != null, cause -> cause == null ? null : cause.getCause())
                .limit(MOST_CAUSES)
                .toList();
        if (has(causes, CertificateExpiredException.class)) {
            return ": its certificate has expired";
        }
        if (has(causes, CertificateNotYetValidException.class)) {
            return ": its certificate is not valid yet";
        }
        if (has(causes, CertPathBuilderException.class) || has(causes, CertPathValidatorException.class)) {
            return ": its certificate is from nobody who is trusted here";
        }
        // What compares the names throws just this, and nothing else does.
        if (causes.stream().anyMatch(cause -> cause.getClass() == CertificateException.class)) {
            return ": its certificate is for another name";
        }
        return has(causes, CertificateException.class) ? ": its certificate does not count" : "";
    }

    private static boolean has(List<Throwable> causes, Class<? extends Throwable> kind) {
        return causes.stream().anyMatch(kind::isInstance);
    }
}
