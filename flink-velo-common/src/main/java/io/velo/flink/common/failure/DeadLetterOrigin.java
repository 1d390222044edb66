// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import java.io.Serializable;

/**
 * What all dead letters of one table have in common. Immutable; travels to the workers.
 *
 * @param scheme the scheme of the failing table
 * @param role "source" or "sink"
 * @param uri the failing table's URI without secrets
 * @param table its name in Flink
 * @param format the format of the values
 */
public record DeadLetterOrigin(String scheme, String role, String uri, String table, String format)
        implements Serializable {}
