// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

/**
 * A scheme whose tables can be looked up by key: {@code JOIN t FOR SYSTEM_TIME AS OF o.proc_time}.
 */
public interface LookupScheme extends SourceScheme {}
