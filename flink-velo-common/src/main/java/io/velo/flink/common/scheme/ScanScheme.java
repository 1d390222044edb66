// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

/** A scheme whose tables can be scanned: {@code SELECT … FROM t}. */
public interface ScanScheme extends SourceScheme {}
