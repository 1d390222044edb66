// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * The offset between local time and UTC in one zone. Remembers the stretch of constant offset that
 * it used last, so that a column costs two comparisons per value. A local time inside a gap counts
 * as if the clock had not been put forward, one inside an overlap as the earlier instant. Not
 * thread-safe.
 */
final class LocalTimeline {

    private final ZoneRules rules;
    private long from = Long.MAX_VALUE;
    private long until = Long.MIN_VALUE;
    private long offsetSeconds;

    LocalTimeline(ZoneId zone) {
        rules = zone.getRules();
    }

    /** Seconds to add to this instant to get local time. */
    long offsetAtInstant(long epochSecond) {
        if (epochSecond < from || epochSecond >= until) {
            remember(Instant.ofEpochSecond(epochSecond));
        }
        return offsetSeconds;
    }

    /** Seconds to subtract from this local time to get the instant. */
    long offsetAtLocal(long localSecond) {
        // A day of distance to either end is more than any offset change.
        if (localSecond - offsetSeconds >= from + 86_400
                && localSecond - offsetSeconds < until - 86_400) {
            return offsetSeconds;
        }
        LocalDateTime local = LocalDateTime.ofEpochSecond(localSecond, 0, ZoneOffset.UTC);
        ZoneOffset offset = rules.getOffset(local);
        remember(Instant.ofEpochSecond(localSecond - offset.getTotalSeconds()));
        return offset.getTotalSeconds();
    }

    private void remember(Instant instant) {
        offsetSeconds = rules.getOffset(instant).getTotalSeconds();
        ZoneOffsetTransition next = rules.nextTransition(instant);
        ZoneOffsetTransition previous = rules.previousTransition(instant.plusNanos(1));
        until = next == null ? Long.MAX_VALUE : next.toEpochSecond();
        // Far ends stay finite so that the distance of a day cannot overflow.
        until = Math.min(until, Long.MAX_VALUE / 4);
        from = previous == null ? Long.MIN_VALUE / 4 : previous.toEpochSecond();
    }
}
