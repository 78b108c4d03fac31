package io.stepsampler.coordinator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for a host, most often one that signs itself, in a file that serves as key store and as trust store. */
public record TestCertificate(Path store) {

    public static final String PASSWORD = "changeit";

    public static TestCertificate of(String host, Path store) throws IOException, InterruptedException {
        keytool(
                store,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                host,
                "-dname",
                "CN=" + host,
                "-ext",
                "SAN=dns:" + host);
        return new TestCertificate(store);
    }

    /**
     * One of yesterday, which another one signed: a certificate that is trusted itself is not asked for its age.
     *
     * @param issuer a file for the certificate that signed it
     */
    public static TestCertificate expired(String host, Path store, Path issuer)
            throws IOException, InterruptedException {
        keytool(store, "-genkeypair", "-keyalg", "EC", "-alias", "issuer", "-dname", "CN=issuer", "-ext", "bc:c");
        keytool(
                store,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                host,
                "-dname",
                "CN=" + host,
                "-ext",
                "SAN=dns:" + host,
                "-signer",
                "issuer",
                "-startdate",
                "-2d",
                "-validity",
                "1");
        keytool(store, "-exportcert", "-rfc", "-alias", "issuer", "-file", issuer.toString());
        keytool(store, "-delete", "-alias", "issuer");
        return new TestCertificate(store);
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed with status " + keytool.exitValue() + ": " + said);
        }
    }

    public SSLContext context() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
