// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

import io.velo.flink.postgres.codec.SpecialValues;
import java.io.Serializable;

/**
 * What changes become. Immutable, therefore thread-safe.
 *
 * @param form the kinds of rows; not {@link ChangelogForm#AUTO}
 * @param toast what becomes of values that were not sent
 * @param truncate what becomes of TRUNCATE
 * @param schemaChange what becomes of a column that is gone
 * @param specialValues what becomes of values that a Flink type cannot hold
 * @param wire in which form values are sent
 * @param origin which changes are read
 * @param blocks whether large transactions are received while they run
 */
public record ChangeRules(
        ChangelogForm form,
        UnchangedToast toast,
        OnTruncate truncate,
        OnSchemaChange schemaChange,
        SpecialValues specialValues,
        WireFormat wire,
        Origin origin,
        boolean blocks)
        implements Serializable {}
