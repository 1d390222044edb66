// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import io.velo.flink.clickhouse.codec.WireFormat;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The refusal of a format whose values would change on their way. */
public final class FormatRefusal {

    private FormatRefusal() {}

    /**
     * Checks that the server takes what the format needs from this user.
     *
     * @param wanted the settings of the statement
     * @param accepted names of those that the server takes
     * @param place the redacted URI
     * @throws VeloException {@code VELO-CAP-002} if it does not
     */
    public static void check(
            WireFormat format, Map<String, String> wanted, Set<String> accepted, String place) {
        String refused = WireFormat.refused(wanted, accepted);
        if (!refused.isEmpty()) {
            throw of(format, refused, place);
        }
    }

    /** The exception for a setting that the format needs and that this user may not change. */
    private static VeloException of(WireFormat format, String setting, String place) {
        return Problem.of(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "format="
                                + format.name().toLowerCase(Locale.ROOT)
                                + " needs the server setting '"
                                + setting
                                + "', which this user may not change.")
                .at(place)
                .remedy("Use format=native, or let the user change settings.")
                .toException();
    }
}
