// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an oracle found in one run. Immutable.
 *
 * @param seed the workload's seed
 * @param counts how often each anomaly was found; one that is missing was not found
 * @param examples the first findings in words
 */
public record Verdict(long seed, Map<Anomaly, Long> counts, List<String> examples) {

    /** What a table promises about rows that are written again after a fault. */
    public enum Promise {
        /** Nothing is allowed to be wrong. */
        EXACT,
        /** Rows may be there more than once, and again after newer ones. */
        AT_LEAST_ONCE
    }

    public Verdict {
        counts = Map.copyOf(new TreeMap<>(counts));
        examples = List.copyOf(examples);
    }

    /** How often this was found. */
    public long count(Anomaly anomaly) {
        return counts.getOrDefault(anomaly, 0L);
    }

    /** Whether nothing was found. */
    public boolean isClean() {
        return counts.values().stream().allMatch(count -> count == 0);
    }

    /** Whether nothing was found that the promise excludes. */
    public boolean keeps(Promise promise) {
        return against(promise).isClean();
    }

    /** The same without what the promise allows. */
    public Verdict against(Promise promise) {
        if (promise == Promise.EXACT) {
            return this;
        }
        Map<Anomaly, Long> broken = new TreeMap<>(counts);
        broken.remove(Anomaly.DUPLICATED);
        return new Verdict(seed, broken, examples);
    }

    /** The same with another line of text behind its examples, such as what the run did. */
    public Verdict with(String line) {
        return new Verdict(
                seed, counts, Stream.concat(examples.stream(), Stream.of(line)).toList());
    }

    /** What was found in this run and in another one with the same seed. */
    public Verdict plus(Verdict other) {
        Map<Anomaly, Long> sum = new TreeMap<>(counts);
        other.counts.forEach((anomaly, count) -> sum.merge(anomaly, count, Long::sum));
        return new Verdict(
                seed, sum, Stream.concat(examples.stream(), other.examples.stream()).toList());
    }

    /**
     * @throws BrokenPromise if it is broken; its text has the line and examples
     */
    public void require(Promise promise, String scheme) {
        if (!keeps(promise)) {
            throw new BrokenPromise(
                    line(scheme)
                            + " breaks the promise "
                            + promise
                            + ". Repeat with -Dvelo.seed="
                            + seed
                            + ".\n"
                            + String.join("\n", examples));
        }
    }

    /**
     * {@code VERDICT redis seed=42 lost=0 duplicated=0 torn=0 phantom=0 reordered=0}, and {@code
     * stale=} if stale rows were found.
     */
    public String line(String scheme) {
        return "VERDICT " + scheme + " seed=" + seed + " " + numbers();
    }

    /** {@code lost=0 duplicated=0 torn=0 phantom=0 reordered=0}, as in the line. */
    public String numbers() {
        String numbers =
                List.of(
                                Anomaly.LOST,
                                Anomaly.DUPLICATED,
                                Anomaly.TORN,
                                Anomaly.PHANTOM,
                                Anomaly.REORDERED)
                        .stream()
                        .map(this::number)
                        .collect(Collectors.joining(" "));
        String stale = count(Anomaly.STALE) == 0 ? "" : " " + number(Anomaly.STALE);
        return numbers + stale;
    }

    private String number(Anomaly anomaly) {
        return anomaly.name().toLowerCase(Locale.ROOT) + "=" + count(anomaly);
    }
}
