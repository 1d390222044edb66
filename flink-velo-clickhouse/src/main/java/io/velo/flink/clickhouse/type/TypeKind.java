// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.type;

/** The families of ClickHouse types that have a wire layout of their own. */
public enum TypeKind {
    /** One byte, 0 or 1. */
    BOOL,
    /** Two's complement, little-endian, 1 to 32 bytes. */
    SIGNED,
    /** Little-endian, 1 to 32 bytes. */
    UNSIGNED,
    /** IEEE 754, 4 or 8 bytes. */
    FLOAT,
    /** The upper two bytes of a 4-byte float. */
    BFLOAT16,
    /** An unscaled integer of 4 to 32 bytes. */
    DECIMAL,
    /** A length and that many bytes. */
    STRING,
    /** Exactly N bytes. */
    FIXED_STRING,
    /** A named code of 1 or 2 bytes. */
    ENUM,
    /** Two little-endian 8-byte halves, the high one first. */
    UUID,
    /** A little-endian 4-byte number. */
    IPV4,
    /** Sixteen bytes in network order. */
    IPV6,
    /** Days since 1970 in 2 bytes. */
    DATE,
    /** Days since 1970 in 4 bytes, signed. */
    DATE32,
    /** Seconds since 1970 in 4 bytes. */
    DATETIME,
    /** Ticks since 1970 in 8 bytes, signed. */
    DATETIME64,
    /** Seconds in 4 bytes, signed. */
    TIME,
    /** Ticks in 8 bytes, signed. */
    TIME64,
    /** A count of units in 8 bytes, signed. */
    INTERVAL,
    /** A document, carried as its text. */
    JSON,
    /** Elements of one type: cumulative counts of 8 bytes, then all elements. */
    ARRAY,
    /** An array of keys and values: cumulative counts of 8 bytes, all keys, all values. */
    MAP,
    /** Fields one after the other. */
    TUPLE,
    /** A value of varying type: Variant, Dynamic and Object, carried as its text. */
    ANY,
    /** The state of an aggregate function, carried as its bytes. */
    STATE,
    /** A vector of QBit, carried as an array. */
    VECTOR,
    /** A type that this version neither reads nor writes. */
    UNSUPPORTED
}
