// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

/**
 * One kind of system that a URI can name. A scheme is one class that implements this interface and
 * those of what it can do: {@link ScanScheme}, {@link LookupScheme}, {@link SinkScheme}, {@link
 * DiscoverableScheme}, {@link BrowsableScheme}, {@link ProbeScheme}. What it does not implement is
 * refused for it with the standard sentence.
 *
 * <p>Schemes are found by {@link java.util.ServiceLoader}: a jar adds one by a line in {@code
 * META-INF/services/io.velo.flink.common.scheme.Scheme}. An implementation has a public constructor
 * without parameters, no state, and is therefore thread-safe. Its planning methods are pure
 * functions of the {@link TableRequest}: connections open in the runtime or in discovery, never in
 * planning.
 */
public interface Scheme {

    /** What the scheme is called, which options it has, what it promises. Always the same. */
    SchemeSpec spec();
}
