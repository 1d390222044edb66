// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import java.io.Serializable;

/**
 * One server that answers lookups. Immutable and thread-safe; travels to the workers with its
 * references unread.
 *
 * @param <K> a key
 */
public interface LookupServer<K> extends Serializable {

    /** Scheme and address without login, such as redis://cache:6379/0: names breaker and health. */
    String endpoint();

    /**
     * Opens a connection and logs in, within a few seconds: nobody can cut a connection that is not
     * open yet.
     *
     * @throws Exception if that fails; {@link LookupTable#classify} says what it means
     */
    LookupConnection<K> connect() throws Exception;
}
