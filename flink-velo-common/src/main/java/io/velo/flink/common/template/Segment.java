// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.template;

import java.io.Serializable;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;

/** One piece of a {@link Template}. All kinds are immutable. */
public sealed interface Segment extends Serializable {

    /**
     * Text that stays as it is; references such as <code>${env:VELO_X}</code> are literals.
     *
     * @param text with doubled braces made single
     */
    record Literal(String text) implements Segment {}

    /**
     * The value of a column of the row.
     *
     * @param name the column, as written
     */
    record Column(String name) implements Segment {}

    /**
     * A part of the row's time.
     *
     * @param pattern {@code YYYY} (calendar year), {@code MM}, {@code DD} (day of the month),
     *     {@code HH} (00 to 23) or {@code YYYY-MM-DD}: Velo's words, which are not Java's letters
     */
    record Calendar(String pattern) implements Segment {

        /**
         * This part of a time.
         *
         * @param time has the fields of the pattern, such as a {@code LocalDateTime}
         */
        public String format(TemporalAccessor time) {
            return CalendarWords.formatter(pattern).format(time);
        }

        /** The Java formatter of this part: thread-safe, but not serializable. */
        public DateTimeFormatter formatter() {
            return CalendarWords.formatter(pattern);
        }
    }

    /**
     * A glob alternation such as <code>{csv,json}</code>: a source path may have it, a sink path
     * may not. It is only reported.
     *
     * @param choices two or more texts, each perhaps empty
     */
    record Alternatives(List<String> choices) implements Segment {

        /** Copies the list. */
        public Alternatives {
            choices = List.copyOf(choices);
        }
    }
}
