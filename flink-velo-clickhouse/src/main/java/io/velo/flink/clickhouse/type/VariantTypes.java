// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.type;

import java.util.List;

/** How types of varying value hold text. */
public final class VariantTypes {

    /** The type is Dynamic, which holds any type. */
    public static final int DYNAMIC = -1;

    /** The type holds no text of its own. */
    public static final int NONE = -2;

    private VariantTypes() {}

    /**
     * The number of String among the types of a Variant, which the server sorts by their names; or
     * {@link #DYNAMIC} or {@link #NONE}.
     */
    public static int textMember(ClickHouseType type) {
        TypeText text = TypeText.parse(type.base());
        if (text.name().equals("Dynamic")) {
            return DYNAMIC;
        }
        List<String> members =
                text.name().equals("Variant")
                        ? text.arguments().stream().map(String::trim).sorted().toList()
                        : List.of();
        int member = members.indexOf("String");
        return member < 0 ? NONE : member;
    }
}
