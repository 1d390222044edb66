// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.io.IOException;
import java.io.Serializable;

/** Turns the bytes of one hash field into Flink's internal object of one type. Thread-safe. */
@FunctionalInterface
interface FieldReader extends Serializable {

    /**
     * The value of a field.
     *
     * @throws IOException if the field should hold JSON and does not
     * @throws RuntimeException if the bytes are not a value of the type
     */
    Object read(byte[] bytes) throws IOException;
}
