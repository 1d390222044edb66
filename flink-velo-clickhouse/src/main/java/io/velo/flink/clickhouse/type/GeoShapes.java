// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.type;

import java.util.Map;

/** The geometric types, which are names for nested ones. Stateless, therefore thread-safe. */
public final class GeoShapes {

    private static final Map<String, String> LAYOUTS =
            Map.of(
                    "Point", "Tuple(x Float64, y Float64)",
                    "Ring", "Array(Point)",
                    "LineString", "Array(Point)",
                    "Polygon", "Array(Ring)",
                    "MultiLineString", "Array(LineString)",
                    "MultiPolygon", "Array(Polygon)");

    private GeoShapes() {}

    /** The type that a geometric type is made as, or null for another one. */
    static String layout(String name) {
        return LAYOUTS.get(name);
    }

    /** Whether the type is geometric, so that the server can print it as well-known text. */
    public static boolean isShape(ClickHouseType type) {
        return LAYOUTS.containsKey(type.base());
    }
}
