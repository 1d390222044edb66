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
 * as if the clock had not been put forward, one inside an overlap as the earlier instant.
 *
 * <p>Thread-safe: what is remembered is one immutable object.
 */
final class LocalTimeline {

    /** Far enough, and still a day away from overflow. */
    private static final long NOWHERE = Long.MAX_VALUE / 4;

    private static final long DAY = 86_400;

    private final ZoneRules rules;
    private Stretch last = new Stretch(NOWHERE, -NOWHERE, 0);

    /** Seconds since 1970 between which the offset does not change, the first one included. */
    private record Stretch(long from, long until, long offset) {}

    LocalTimeline(ZoneId zone) {
        rules = zone.getRules();
    }

    /** Seconds to add to this instant to get local time. */
    long offsetAtInstant(long epochSecond) {
        Stretch stretch = last;
        if (epochSecond < stretch.from || epochSecond >= stretch.until) {
            stretch = stretch(Instant.ofEpochSecond(epochSecond));
            last = stretch;
        }
        return stretch.offset;
    }

    /** Seconds to subtract from this local time to get the instant. */
    long offsetAtLocal(long localSecond) {
        Stretch stretch = last;
        long instant = localSecond - stretch.offset;
        // A day of distance to either end is more than any offset change.
        if (instant >= stretch.from + DAY && instant < stretch.until - DAY) {
            return stretch.offset;
        }
        LocalDateTime local = LocalDateTime.ofEpochSecond(localSecond, 0, ZoneOffset.UTC);
        long offset = rules.getOffset(local).getTotalSeconds();
        last = stretch(Instant.ofEpochSecond(localSecond - offset));
        return offset;
    }

    private Stretch stretch(Instant instant) {
        ZoneOffsetTransition next = rules.nextTransition(instant);
        ZoneOffsetTransition previous = rules.previousTransition(instant.plusNanos(1));
        return new Stretch(
                previous == null ? -NOWHERE : previous.toEpochSecond(),
                next == null ? NOWHERE : next.toEpochSecond(),
                rules.getOffset(instant).getTotalSeconds());
    }
}
