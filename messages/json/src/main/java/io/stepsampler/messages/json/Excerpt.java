package io.stepsampler.messages.json;

/** The beginning of a text from outside, so that what repeats it stays small. */
public final class Excerpt {

    /** Of what stands in a file or an event, in the sentence that refuses it. */
    public static final int LONGEST_VALUE = 80;

    private Excerpt() {}

    /** The text itself, or its beginning and that there is more. */
    public static String of(String text, int mostCharacters) {
        if (text.length() <= mostCharacters) {
            return text;
        }
        // half a character could not be written
        int end = Character.isHighSurrogate(text.charAt(mostCharacters - 1)) ? mostCharacters - 1 : mostCharacters;
        return text.substring(0, end) + "...";
    }
}
