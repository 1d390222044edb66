// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;

/** A committer for writers whose rows were in the table when they were flushed. */
final class NothingToCommit implements Committer<StagedBlock> {

    @Override
    public void commit(Collection<CommitRequest<StagedBlock>> none) {}

    @Override
    public void close() {}
}
