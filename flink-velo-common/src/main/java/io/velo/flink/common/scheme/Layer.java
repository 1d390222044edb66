// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.option.OptionRole;
import io.velo.flink.common.uri.ParameterName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The options of one place (WITH clause, URI, config file) by folded name. Not thread-safe. */
final class Layer {

    /**
     * One option as the user wrote it.
     *
     * @param name as written
     * @param bareName as written, without the role's prefix
     */
    record Given(String name, String bareName, String value) {
        boolean isPrefixed() {
            return !name.equals(bareName);
        }
    }

    private static final String URI = "uri";

    private final String place;
    private final Map<String, Given> all = new LinkedHashMap<>();

    Layer(String place) {
        this.place = place;
    }

    static Layer of(String place, Map<String, String> options) {
        Layer layer = new Layer(place);
        // The maps come from Flink, which has already refused the same spelling twice.
        options.forEach((name, value) -> layer.all.put(name, new Given(name, name, value)));
        return layer;
    }

    boolean isUri() {
        return place.equals(URI);
    }

    String where(String uriText) {
        return isUri() ? uriText : place + " of " + uriText;
    }

    void add(String name, String value, Problems problems) {
        String folded = ParameterName.fold(name);
        Given before = all.put(folded, new Given(name, name, value));
        if (before != null) {
            problems.add(
                    Problem.of(
                                    ErrorCode.URI_DUPLICATE_PARAMETER,
                                    "'"
                                            + before.name()
                                            + "' and '"
                                            + name
                                            + "' are the same option, given twice.")
                            .remedy("Keep one of them."));
        }
    }

    /** Options without a role's prefix, by folded name. */
    Map<String, Given> plain() {
        Map<String, Given> plain = new LinkedHashMap<>();
        all.values()
                .forEach(
                        given -> {
                            String folded = ParameterName.fold(given.name());
                            if (!startsWithRole(given.name())) {
                                plain.put(folded, given);
                            }
                        });
        return plain;
    }

    /**
     * Options with the prefix of a role, by the folded name behind it. An option whose own name
     * starts like a prefix ({@code sink.delivery-guarantee}) is found under its whole name.
     */
    Map<String, Given> prefixed(OptionRole role, Set<String> knownNames) {
        String prefix = role.name().toLowerCase(java.util.Locale.ROOT);
        Map<String, Given> found = new LinkedHashMap<>();
        for (Given given : all.values()) {
            if (!hasPrefix(given.name(), prefix)) {
                continue;
            }
            String whole = ParameterName.fold(given.name());
            if (knownNames.contains(whole)) {
                // sink.sink.x names the role as well, so it is the stronger one.
                found.putIfAbsent(whole, given);
            } else {
                String bare = given.name().substring(prefix.length() + 1);
                found.put(ParameterName.fold(bare), new Given(given.name(), bare, given.value()));
            }
        }
        return found;
    }

    private static boolean startsWithRole(String name) {
        return hasPrefix(name, "source") || hasPrefix(name, "sink");
    }

    private static boolean hasPrefix(String name, String prefix) {
        return name.length() > prefix.length() + 1
                && name.startsWith(prefix)
                && ".-_".indexOf(name.charAt(prefix.length())) >= 0;
    }
}
