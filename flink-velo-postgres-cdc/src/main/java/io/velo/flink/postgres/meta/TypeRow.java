// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.meta;

import java.util.List;

/**
 * One row of {@code pg_type}.
 *
 * @param oid its number
 * @param schema its schema
 * @param name its internal name
 * @param kind {@code typtype}: b base, d domain, e enum, c row, r range, m multirange, p pseudo
 * @param element the element type of a true array, otherwise 0
 * @param base the type below a domain, otherwise 0
 * @param baseModifier the modifier of the type below a domain, otherwise -1
 * @param labels the labels of an enum in their order, otherwise empty
 */
record TypeRow(
        int oid,
        String schema,
        String name,
        String kind,
        int element,
        int base,
        int baseModifier,
        List<String> labels) {}
