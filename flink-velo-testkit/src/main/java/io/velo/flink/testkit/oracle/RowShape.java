// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.io.Serializable;
import java.util.function.Consumer;

/**
 * How a change becomes rows of Flink.
 *
 * @param <T> the rows
 */
@FunctionalInterface
public interface RowShape<T> extends Serializable {

    /** Gives the rows of the change in their order, one or two. */
    void rows(Change change, Consumer<T> out);
}
