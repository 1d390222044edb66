// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import java.io.Serializable;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.table.data.RowData;

/**
 * Where dead letters go and what they hold. Immutable; travels to the workers.
 *
 * @param sink writes them
 * @param type their type, as the sink's host must know it
 * @param target the target's URI without secrets
 * @param maxBytes the longest key and value
 * @param includePayload whether they hold key and value
 * @param onFailure what happens if they cannot be written
 */
record DeadLetterPlan(
        Sink<RowData> sink,
        TypeInformation<RowData> type,
        String target,
        long maxBytes,
        boolean includePayload,
        DeadLetterFailure onFailure)
        implements Serializable {}
