// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

import org.apache.flink.table.connector.source.LookupTableSource;

/**
 * Mixed into the table source of a scheme that serves scans only, so that a lookup join is refused
 * with the standard sentence and not with one of Flink's.
 */
public interface LookupRefused extends LookupTableSource {

    /** The name of the scheme, for the sentence. */
    String schemeName();

    @Override
    default LookupRuntimeProvider getLookupRuntimeProvider(LookupContext context) {
        throw Capability.LOOKUP.refusal(schemeName()).toException();
    }
}
