// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Opens and closes sources and lookups of real servers hundreds of times without a job, to find
 * what they leave behind: {@link io.velo.flink.testkit.cycle.OpenCloseCycles}.
 */
package io.velo.flink.testkit.cycle;
