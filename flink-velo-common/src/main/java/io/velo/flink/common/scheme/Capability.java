// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.util.List;

/** What a scheme may be able to do; it can do it exactly if it implements the interface. */
public enum Capability {
    /** Reading all rows. */
    SCAN(ScanScheme.class, "scan", "be scanned"),
    /** Reading rows by key. */
    LOOKUP(LookupScheme.class, "lookup", "be used in a lookup join"),
    /** Writing rows. */
    SINK(SinkScheme.class, "sink", "be written to"),
    /** Taking the rows that other tables could not read or write. */
    DEAD_LETTERS(DeadLetterScheme.class, "dead letters", "take dead letters"),
    /** Finding out the columns. */
    DISCOVERY(DiscoverableScheme.class, "discovery", "discover columns"),
    /** Listing databases and tables. */
    BROWSE(BrowsableScheme.class, "browse", "be browsed as a catalog"),
    /** Creating, altering and dropping databases and tables. */
    DDL(DdlScheme.class, "DDL", "create, alter or drop databases and tables of its server"),
    /** Checking address, login and privileges. */
    PROBE(ProbeScheme.class, "probe", "be checked");

    private final Class<? extends Scheme> type;
    private final String label;
    private final String verb;

    Capability(Class<? extends Scheme> type, String label, String verb) {
        this.type = type;
        this.label = label;
        this.verb = verb;
    }

    /** The word for it in tables. */
    public String label() {
        return label;
    }

    /** Whether the scheme can do it. */
    public boolean isOf(Scheme scheme) {
        return type.isInstance(scheme);
    }

    /** The standard sentence for a scheme that cannot. */
    public Problem refusal(String schemeName) {
        List<String> able =
                SchemeRegistry.load(Capability.class.getClassLoader()).schemes().stream()
                        .filter(this::isOf)
                        .map(scheme -> scheme.spec().name())
                        .sorted()
                        .toList();
        return Problem.of(ErrorCode.CAPABILITY, "Scheme '" + schemeName + "' cannot " + verb + ".")
                .remedy(
                        able.isEmpty()
                                ? "No scheme on the class path can."
                                : "Schemes that can: " + String.join(", ", able) + ".");
    }
}
