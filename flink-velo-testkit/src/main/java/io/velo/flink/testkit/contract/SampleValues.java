// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.contract;

import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.option.ValueKind;
import java.util.ArrayList;
import java.util.List;

/** Texts that are values of an option, for tests that need some of its kind. */
final class SampleValues {

    private static final List<String> CANDIDATES =
            List.of(
                    "1", "2", "3", "4", "5", "10", "20", "30", "40", "50", "1s", "2s", "3s", "4s",
                    "5s", "1kb", "2kb", "3kb", "4kb", "5kb", "true", "false", "a", "b", "c", "d",
                    "e");

    private SampleValues() {}

    /** Texts that parse to different values, at most five. */
    static List<String> of(SchemeOption<?> option) {
        List<String> texts = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (String candidate : candidates(option.kind())) {
            try {
                Object value = option.kind().parse(candidate);
                if (!values.contains(value)) {
                    values.add(value);
                    texts.add(candidate);
                }
            } catch (RuntimeException ignored) {
                // Not a value of this kind; the next one may be.
            }
            if (texts.size() == 5) {
                break;
            }
        }
        return texts;
    }

    private static List<String> candidates(ValueKind<?> kind) {
        if (kind.type().isEnum()) {
            List<String> names = new ArrayList<>();
            for (Object constant : kind.type().getEnumConstants()) {
                names.add(((Enum<?>) constant).name());
            }
            return names;
        }
        return CANDIDATES;
    }
}
