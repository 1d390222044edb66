// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.ScanTableSource;

/**
 * Mixed into the table source of a scheme that serves lookups only, so that a scan is refused with
 * the standard sentence and not with one of Flink's.
 */
public interface ScanRefused extends ScanTableSource {

    /** The name of the scheme, for the sentence. */
    String schemeName();

    @Override
    default ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
    }

    @Override
    default ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        throw Capability.SCAN.refusal(schemeName()).toException();
    }
}
