// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.dlq;

import java.time.Instant;

/**
 * Dead letters with one reason.
 *
 * @param table the failing table's name in Flink
 * @param role "source" or "sink"
 * @param category the reason in one word
 * @param code the reason as Velo's error code
 * @param letters how many different ones
 * @param first when the first of them failed
 * @param last when the last of them failed
 */
public record DeadLetterCount(
        String table,
        String role,
        String category,
        String code,
        long letters,
        Instant first,
        Instant last) {}
