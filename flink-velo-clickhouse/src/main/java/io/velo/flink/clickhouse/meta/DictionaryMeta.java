// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.meta;

import java.io.Serializable;
import java.util.List;

/**
 * What the server says about one of its dictionaries. Immutable.
 *
 * @param name the name under which dictGet knows it
 * @param keys the columns of its key
 * @param attributes the other columns
 * @param layout how it is kept, such as Hashed or ComplexKeyHashed
 */
public record DictionaryMeta(
        String name, List<ColumnMeta> keys, List<ColumnMeta> attributes, String layout)
        implements Serializable {

    public DictionaryMeta {
        keys = List.copyOf(keys);
        attributes = List.copyOf(attributes);
    }

    /** Whether dictGet takes the key as a tuple and not as one UInt64. */
    public boolean complexKey() {
        return layout.startsWith("ComplexKey") || layout.startsWith("SSDComplexKey");
    }

    /** Whether dictGet wants more than the key, or finds keys that are not there. */
    public boolean looksUpOtherwise() {
        return layout.contains("Range") || layout.contains("Polygon") || layout.equals("Trie");
    }
}
