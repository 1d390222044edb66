// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.io.Serializable;

/** Turns the text of a stored value into Flink's internal object of one type. Thread-safe. */
@FunctionalInterface
interface TextReader extends Serializable {

    /**
     * The value of a text.
     *
     * @throws RuntimeException if the text is not a value of the type
     */
    Object read(String text);
}
