// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import java.util.List;

/**
 * A connection to one server. Used by one thread, except {@link #abort}.
 *
 * @param <K> a key
 */
public interface LookupConnection<K> extends AutoCloseable {

    /**
     * Asks for all keys in one request, or as few as possible.
     *
     * @param keys at least one, each once
     * @param answers takes the answer of every key, in any order; a key that has none when this
     *     returns normally has no rows
     * @throws Exception if the server cannot be asked; keys without an answer are asked again if
     *     that can help, those that have one are not. The connection is then closed
     */
    void lookUp(List<K> keys, LookupAnswers answers) throws Exception;

    /**
     * Asks something small, to see whether the server is well.
     *
     * @throws Exception if it is not
     */
    void check() throws Exception;

    /** Cuts the connection, so that a request that waits for its answer fails. Any thread. */
    void abort();

    /** Closes the connection; throws nothing. */
    @Override
    void close();
}
