// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.nio.ByteBuffer;
import java.util.List;

/** Collects the bytes of one request in the form in which they are sent. */
interface Body {

    /** Appends raw bytes, which must not change any more. */
    void append(byte[] bytes, int offset, int length);

    /**
     * Everything appended so far as it is sent, piece by piece; the body must not be used
     * afterwards.
     */
    List<ByteBuffer> finish();
}
