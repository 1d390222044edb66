// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.secret.SecurityPolicy;
import io.velo.flink.common.text.NearestMatch;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The schemes on a class path, by name. Immutable, therefore thread-safe. */
public final class SchemeRegistry {

    private static final String BUNDLE = "lib/flink-velo-<version>.jar";

    /** Schemes of the product, and where they are if they are not on the class path. */
    private static final Map<String, String> HOMES =
            Map.ofEntries(
                    Map.entry("kafka", "flink-velo-kafka, part of " + BUNDLE),
                    Map.entry("clickhouse", "flink-velo-clickhouse, part of " + BUNDLE),
                    Map.entry("clickhouses", "flink-velo-clickhouse, part of " + BUNDLE),
                    Map.entry("postgresql", "flink-velo-postgres-cdc, part of " + BUNDLE),
                    Map.entry("postgres", "flink-velo-postgres-cdc, part of " + BUNDLE),
                    Map.entry("postgres-cdc", "flink-velo-postgres-cdc, part of " + BUNDLE),
                    Map.entry("redis", "flink-velo-redis, part of " + BUNDLE),
                    Map.entry("rediss", "flink-velo-redis, part of " + BUNDLE),
                    Map.entry("memory", "flink-velo-testkit, which is for tests"));

    /** Schemes of the product that no released jar has. */
    private static final List<String> TO_COME =
            List.of(
                    "file",
                    "s3",
                    "gs",
                    "azure",
                    "iceberg",
                    "delta",
                    "hudi",
                    "mysql-cdc",
                    "mongodb-cdc");

    private final Map<String, Scheme> byName = new TreeMap<>();

    private SchemeRegistry(Iterable<Scheme> found) {
        for (Scheme scheme : found) {
            for (String name : scheme.spec().names()) {
                Scheme other = byName.putIfAbsent(name, scheme);
                if (other != null && other.getClass() != scheme.getClass()) {
                    throw twice(name, other, scheme);
                }
            }
        }
    }

    /**
     * The schemes that this class loader sees.
     *
     * @throws io.velo.flink.common.error.VeloException if two jars bring the same scheme
     */
    public static SchemeRegistry load(ClassLoader classLoader) {
        return new SchemeRegistry(ServiceLoader.load(Scheme.class, classLoader));
    }

    /** A registry of these schemes. */
    public static SchemeRegistry of(List<Scheme> schemes) {
        return new SchemeRegistry(schemes);
    }

    /** Every scheme once, sorted by its canonical name. */
    public List<Scheme> schemes() {
        List<Scheme> all = new ArrayList<>();
        byName.forEach(
                (name, scheme) -> {
                    if (scheme.spec().name().equals(name)) {
                        all.add(scheme);
                    }
                });
        return Collections.unmodifiableList(all);
    }

    /**
     * The scheme of this name.
     *
     * @param name in lower case
     * @throws io.velo.flink.common.error.VeloException {@code VELO-URI-002} if nobody knows it,
     *     {@code VELO-URI-005} if its jar is missing, {@code VELO-SEC-004} if the operator forbids
     *     it
     */
    public Scheme get(String name) {
        SecurityPolicy policy = SecurityPolicy.current();
        if (!policy.allowsScheme(name)) {
            throw Problem.of(
                            ErrorCode.SECURITY_POLICY,
                            "Scheme '" + name + "' may not be used on this cluster.")
                    .remedy(
                            "The operator allows: "
                                    + String.join(", ", policy.schemes())
                                    + " (velo.security.schemes).")
                    .toException();
        }
        Scheme scheme = byName.get(name);
        if (scheme == null) {
            throw missing(name).toException();
        }
        return scheme;
    }

    private Problem missing(String name) {
        String home = HOMES.get(name);
        if (home != null) {
            return Problem.of(
                            ErrorCode.URI_SCHEME_JAR_MISSING,
                            "The jar of scheme '" + name + "' is not on the class path.")
                    .remedy(
                            "Put "
                                    + home
                                    + " into Flink's lib/ folder and restart the cluster and the"
                                    + " SQL client.");
        }
        if (TO_COME.contains(name)) {
            return Problem.of(
                            ErrorCode.URI_SCHEME_JAR_MISSING,
                            "Scheme '" + name + "' is not built yet in this version of Velo.")
                    .remedy("Schemes on the class path: " + names() + ".");
        }
        List<String> near = NearestMatch.of(name, List.copyOf(byName.keySet()));
        String question =
                near.isEmpty() ? "" : " Did you mean '" + String.join("' or '", near) + "'?";
        String shown = name.length() > 40 ? name.substring(0, 40) + "…" : name;
        return Problem.of(ErrorCode.URI_UNKNOWN_SCHEME, "No scheme '" + shown + "'." + question)
                .remedy("Schemes on the class path: " + names() + ".");
    }

    private String names() {
        return String.join(", ", byName.keySet());
    }

    private static RuntimeException twice(String name, Scheme one, Scheme other) {
        return Problem.of(
                        ErrorCode.URI_UNKNOWN_SCHEME,
                        "Scheme '"
                                + name
                                + "' is on the class path twice: in "
                                + jar(one)
                                + " and in "
                                + jar(other)
                                + ".")
                .remedy("Remove one of the two jars.")
                .toException();
    }

    private static String jar(Scheme scheme) {
        CodeSource source = scheme.getClass().getProtectionDomain().getCodeSource();
        return source == null ? scheme.getClass().getName() : source.getLocation().getPath();
    }
}
