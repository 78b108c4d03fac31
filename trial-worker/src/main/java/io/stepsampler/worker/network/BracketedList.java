package io.stepsampler.worker.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A bracketed list in TorchScript's code, cut at the commas that no inner bracket and no string encloses. One that is
 * never closed ends with the code.
 *
 * @param end where the code goes on after the closing bracket
 */
record BracketedList(List<String> items, int end) {

    BracketedList {
        items = List.copyOf(items);
    }

    /** @param open the place of the opening bracket */
    static BracketedList at(String code, int open) {
        List<String> items = new ArrayList<>();
        int depth = 0;
        int from = open + 1;
        for (int i = open; i < code.length(); i++) {
            char character = code.charAt(i);
            if (character == '"') {
                i = endOfString(code, i);
            } else if (character == '(' || character == '[' || character == '{') {
                depth++;
            } else if (character == ')' || character == ']' || character == '}') {
                depth--;
            }
            if (depth == 0 || (depth == 1 && character == ',')) {
                String item = code.substring(from, i).strip();
                if (!item.isEmpty()) {
                    items.add(item);
                }
                from = i + 1;
            }
            if (depth == 0) {
                return new BracketedList(items, i + 1);
            }
        }
        return new BracketedList(items, code.length());
    }

    private static int endOfString(String code, int quote) {
        int i = quote + 1;
        while (i < code.length() - 1 && code.charAt(i) != '"') {
            i += code.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }
}
