// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Bugs that connectors have had, to prove that the oracle finds them. */
public enum PlantedBug {
    /** Each 1000th row is missing. */
    DROP_ROWS(DropRows::new),
    /** Each 20th transaction comes again after the next one, as if its answer had been lost. */
    DUPLICATE_AFTER_RETRY(DuplicateAfterRetry::new),
    /** Two changes of one key change places. */
    SWAP_ROWS(SwapRows::new),
    /** Each tenth delete is forgotten. */
    SKIP_DELETES(SkipDeletes::new),
    /** Aborted transactions come through. */
    EMIT_ABORTED(EmitAborted::new),
    /** Each tenth transaction comes in two halves. */
    SPLIT_TRANSACTIONS(SplitTransactions::new),
    /** What was gathered for the last batch is lost at the end. */
    LOSE_LAST_BATCH(LoseLastBatch::new),
    /** Lookups give what they once gave, for ever. */
    STALE_LOOKUPS(StaleLookups::new);

    private final UnaryOperator<Delivery> wrapper;

    PlantedBug(UnaryOperator<Delivery> wrapper) {
        this.wrapper = wrapper;
    }

    /** The name in lower case with hyphens, such as {@code drop-rows}. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The bug with this title.
     *
     * @throws IllegalArgumentException if there is none; the message lists all
     */
    public static PlantedBug titled(String title) {
        return Arrays.stream(values())
                .filter(bug -> bug.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(unknown(title)));
    }

    private static String unknown(String title) {
        return "There is no planted bug '"
                + title
                + "'. Planted bugs: "
                + Arrays.stream(values()).map(PlantedBug::title).collect(Collectors.joining(", "))
                + ".";
    }

    /** A delivery that has this bug and otherwise does what the given one does. */
    public Delivery before(Delivery honest) {
        return wrapper.apply(honest);
    }
}
