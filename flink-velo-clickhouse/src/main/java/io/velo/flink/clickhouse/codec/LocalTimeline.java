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

    /** Far enough, and still a day away from overflow. */
    private static final long NOWHERE = Long.MAX_VALUE / 4;

    private static final long DAY = 86_400;

    private final ZoneRules rules;
    private long from = NOWHERE;
    private long until = -NOWHERE;
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
        if (localSecond - offsetSeconds >= from + DAY
                && localSecond - offsetSeconds < until - DAY) {
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
        until = next == null ? NOWHERE : next.toEpochSecond();
        from = previous == null ? -NOWHERE : previous.toEpochSecond();
    }
}
