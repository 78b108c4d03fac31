package io.stepsampler.messages;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a program shows to be let in: {@code stps_ID_SECRET}. Servers store the id and a digest of the secret.
 *
 * @param secret 256 bits, so that a fast digest is enough
 */
public record ApiKey(String keyId, String secret) {

    private static final String LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int LOWER_CASE = 36;
    private static final int ID_LENGTH = 10;
    private static final int SECRET_LENGTH = 43;
    private static final Pattern TEXT =
            Pattern.compile("stps_([0-9a-z]{" + ID_LENGTH + "})_([0-9a-zA-Z]{" + SECRET_LENGTH + "})");

    public static ApiKey generate(SecureRandom random) {
        return new ApiKey(letters(random, ID_LENGTH, LOWER_CASE), letters(random, SECRET_LENGTH, LETTERS.length()));
    }

    /** Empty where the text is no key. */
    public static Optional<ApiKey> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches() ? Optional.of(new ApiKey(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** As its holder keeps it. */
    public String text() {
        return "stps_" + keyId + "_" + secret;
    }

    /** SHA-256 of the secret. */
    public byte[] digest() {
        return Sha256.of(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** Without the secret: it must not stand in a log. */
    @Override
    public String toString() {
        return "ApiKey[keyId=" + keyId + "]";
    }

    private static String letters(SecureRandom random, int length, int alphabet) {
        StringBuilder letters = new StringBuilder();
        for (int index = 0; index < length; index++) {
            letters.append(LETTERS.charAt(random.nextInt(alphabet)));
        }
        return letters.toString();
    }
}
