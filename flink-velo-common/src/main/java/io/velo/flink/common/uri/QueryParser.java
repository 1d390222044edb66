// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

import io.velo.flink.common.error.ErrorCode;
import java.util.Arrays;
import java.util.List;

/** Reads {@code ?name=value&name=value}. */
final class QueryParser {

    static final int MAX_PARAMETERS = 128;

    private final ParseState state;
    private final String text;

    private Parameter[] parameters = new Parameter[8];
    private int[] marks = new int[8];
    private int count;

    QueryParser(ParseState state) {
        this.state = state;
        this.text = state.text;
    }

    /** Whether the question mark at the position is followed by {@code name=}. */
    static boolean startsAt(String text, int questionMark) {
        int i = questionMark + 1;
        while (i < text.length() && CharacterClass.foldedName(text.charAt(i)) != 0) {
            i++;
        }
        return i > questionMark + 1
                && i < text.length()
                && text.charAt(i) == '='
                && isFirst(text.charAt(questionMark + 1));
    }

    /** Reads from the position after the question mark to the end of the text. */
    void parse(int from) {
        int position = from;
        while (true) {
            if (count == MAX_PARAMETERS) {
                state.problem(
                        "The URI has more than " + MAX_PARAMETERS + " parameters.",
                        "Move some of them into WITH options or a config file.");
                return;
            }
            position = parameter(position);
            if (position >= text.length()) {
                break;
            }
            position++;
        }
        checkDuplicates();
    }

    List<Parameter> parameters() {
        return List.of(count == parameters.length ? parameters : Arrays.copyOf(parameters, count));
    }

    /** For each parameter the mark of its folded name. */
    int[] marks() {
        return marks;
    }

    /** Returns where the parameter ends: at {@code &} or at the end of the text. */
    private int parameter(int start) {
        int length = text.length();
        boolean plain = true;
        boolean legal = true;
        int i = start;
        for (; i < length; i++) {
            char c = text.charAt(i);
            int folded = CharacterClass.foldedName(c);
            if (folded <= CharacterClass.ESCAPE) {
                if (c == '=' || c == '&') {
                    break;
                }
                plain = false;
                legal &= folded != 0;
                state.traits |= CharacterClass.traits(c);
            }
            if (folded == '-' && i > start) {
                plain &= CharacterClass.foldedName(text.charAt(i - 1)) != '-';
            }
        }
        if (i == length || text.charAt(i) == '&') {
            reportFlag(start, i);
            return i;
        }
        if (i == start || !legal || !isFirst(text.charAt(start))) {
            state.problem(
                    "The parameter name at offset " + start + " is not a name.",
                    "A name is letters, digits, _ - . and starts with a letter; write & in a value"
                            + " as %26.");
            return skipValue(i + 1);
        }
        return named(start, i, plain);
    }

    private int named(int start, int nameEnd, boolean plain) {
        String name = text.substring(start, nameEnd);
        int mark;
        if (plain) {
            mark = ParameterName.mark(name);
        } else {
            name = decodedName(name, start, nameEnd);
            if (name == null) {
                return skipValue(nameEnd + 1);
            }
            mark = ParameterName.mark(ParameterName.fold(name));
        }
        int length = text.length();
        int traits = 0;
        int i = nameEnd + 1;
        for (; i < length; i++) {
            char c = text.charAt(i);
            if (c == '&') {
                break;
            }
            traits |= CharacterClass.traits(c);
        }
        state.traits |= traits;
        String raw = text.substring(nameEnd + 1, i);
        String value = raw;
        if ((traits & CharacterClass.PERCENT) != 0) {
            if (!state.escapesAreSound(nameEnd + 1, i)) {
                return i;
            }
            value = PercentText.decode(raw);
            String canonical = PercentText.canonical(raw);
            state.respelled |= canonical != raw;
            raw = canonical;
        }
        add(new Parameter(name, value, raw), mark);
        return i;
    }

    private String decodedName(String raw, int start, int end) {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        if (!state.escapesAreSound(start, end)) {
            return null;
        }
        String name = PercentText.decode(raw);
        boolean legal = isFirst(name.charAt(0)) && name.charAt(0) != '%';
        for (int i = 0; legal && i < name.length(); i++) {
            int folded = CharacterClass.foldedName(name.charAt(i));
            legal = folded != 0 && folded != CharacterClass.ESCAPE;
        }
        if (!legal) {
            state.problem(
                    "The parameter name at offset " + start + " is not a name once it is decoded.",
                    "A name is letters, digits, _ - . and starts with a letter.");
            return null;
        }
        state.respelled = true;
        return name;
    }

    private static boolean isFirst(char c) {
        return c == '_' || c != '-' && c != '.' && (c > '9' || c < '0');
    }

    private void reportFlag(int start, int end) {
        if (start == end) {
            state.problem(
                    "The parameter at offset " + start + " is empty.",
                    "Remove the extra & or write name=value.");
            return;
        }
        for (int i = start; i < end; i++) {
            state.traits |= CharacterClass.traits(text.charAt(i));
        }
        String name = followsSecret() ? "at offset " + start : state.shownName(start, end);
        boolean quoted = name.startsWith("'");
        state.problem(
                "The parameter " + name + " has no value.",
                "Write "
                        + (quoted ? name.substring(1, name.length() - 1) : "name")
                        + "=true, or write & in a value as %26.");
    }

    /** An unescaped ampersand in a password makes the rest of it look like a parameter. */
    private boolean followsSecret() {
        for (int i = 0; i < count; i++) {
            if (SecretNames.isSecret(parameters[i].name())) {
                return true;
            }
        }
        return false;
    }

    private int skipValue(int from) {
        int i = from;
        for (; i < text.length() && text.charAt(i) != '&'; i++) {
            state.traits |= CharacterClass.traits(text.charAt(i));
        }
        return i;
    }

    private void add(Parameter parameter, int mark) {
        if (count == parameters.length) {
            parameters = Arrays.copyOf(parameters, 2 * count);
            marks = Arrays.copyOf(marks, 2 * count);
        }
        parameters[count] = parameter;
        marks[count] = mark;
        count++;
    }

    private void checkDuplicates() {
        for (int second = 1; second < count; second++) {
            for (int first = 0; first < second; first++) {
                if (marks[first] == marks[second] && sameName(first, second)) {
                    reportDuplicate(first, second);
                    break;
                }
            }
        }
    }

    private boolean sameName(int first, int second) {
        return ParameterName.fold(parameters[first].name())
                .equals(ParameterName.fold(parameters[second].name()));
    }

    private void reportDuplicate(int first, int second) {
        state.problem(
                ErrorCode.URI_DUPLICATE_PARAMETER,
                "The parameter "
                        + shown(first)
                        + " stands there again as "
                        + shown(second)
                        + ": both spellings mean one option.",
                "Keep one of them; a list is one value with commas.");
    }

    private String shown(int index) {
        String name = parameters[index].name();
        return name.length() > ParseState.LONGEST_SHOWN_NAME
                        || Redaction.mayHoldStrayPassword(state)
                ? "number " + (index + 1)
                : "'" + name + "'";
    }
}
