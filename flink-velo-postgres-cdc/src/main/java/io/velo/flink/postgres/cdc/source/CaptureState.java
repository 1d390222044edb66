// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.replication.CapturePlace;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * How far a capture is: what {@link CaptureCheckpoint} keeps, while it changes. Used by the
 * coordinator's thread.
 */
final class CaptureState {

    private final Deque<CaptureSplit> unassigned = new ArrayDeque<>();
    private final ReadRanges read = new ReadRanges();
    private CaptureCheckpoint.Phase phase;
    private CapturePlace place;
    private KnownTables tables;
    private String epoch;
    private int ranges;
    private boolean exported;
    private boolean resumes;
    private Optional<StreamSplit> held;
    private long estimatedRows;

    CaptureState(CaptureCheckpoint checkpoint) {
        take(checkpoint);
    }

    /** Becomes what a checkpoint holds; what readers are still to be told stays. */
    void take(CaptureCheckpoint checkpoint) {
        phase = checkpoint.phase();
        place = checkpoint.place();
        tables = checkpoint.tables();
        epoch = checkpoint.epoch();
        ranges = checkpoint.ranges();
        exported = checkpoint.exported();
        resumes = checkpoint.resumes();
        held = checkpoint.held();
        estimatedRows = checkpoint.estimatedRows();
        unassigned.clear();
        unassigned.addAll(checkpoint.unassigned());
        read.clear();
        checkpoint.read().forEach(read::restore);
    }

    /** Takes what was planned; changes that were given back meanwhile are kept if they go on. */
    void takePlanned(CaptureCheckpoint planned) {
        Optional<StreamSplit> givenBack = held;
        take(planned);
        held = resumes ? givenBack : Optional.empty();
    }

    /** What a checkpoint must hold now. */
    CaptureCheckpoint checkpoint() {
        return checkpoint(held);
    }

    /** The same without changes that were given back. */
    CaptureCheckpoint checkpointWithoutHeld() {
        return checkpoint(Optional.empty());
    }

    private CaptureCheckpoint checkpoint(Optional<StreamSplit> givenBack) {
        return new CaptureCheckpoint(
                phase,
                place,
                tables,
                epoch,
                ranges,
                List.copyOf(unassigned),
                List.copyOf(read.all()),
                exported,
                resumes,
                givenBack,
                estimatedRows);
    }

    boolean isNew() {
        return phase == CaptureCheckpoint.Phase.NEW;
    }

    boolean isSnapshot() {
        return phase == CaptureCheckpoint.Phase.SNAPSHOT;
    }

    /** Whether changes that a reader gives back now go on behind the ranges. */
    boolean awaitsChanges() {
        return resumes && isSnapshot();
    }

    /** Whether every range was read. */
    boolean isRead() {
        return isSnapshot() && read.size() == ranges;
    }

    /** Whether changes can begin, or go on, as soon as a checkpoint holds what is known now. */
    boolean isComplete() {
        return isRead() && (!resumes || held.isPresent());
    }

    /** Whether a split is not one that was given up since. */
    boolean isOurs(CaptureSplit split) {
        return split instanceof StreamSplit changes
                ? !isSnapshot() && changes.place().equals(place)
                : isSnapshot() && split.splitId().startsWith(epoch);
    }

    /** Keeps changes that a reader has given back. */
    void hold(StreamSplit changes) {
        held = Optional.of(changes);
    }

    /** Keeps these changes unless a reader has given some back. */
    void holdUnlessHeld(Optional<StreamSplit> changes) {
        held = held.or(() -> changes);
    }

    /** Hands over to the changes behind the ranges, all of which were read. */
    void beginChanges() {
        unassigned.add(HandOver.of(place, tables, read.all(), held));
        phase = CaptureCheckpoint.Phase.CHANGES;
        resumes = false;
        held = Optional.empty();
        read.clear();
    }

    /** The splits that no reader has. */
    Deque<CaptureSplit> unassigned() {
        return unassigned;
    }

    /** The changes, if no reader has them. */
    Optional<StreamSplit> unassignedChanges() {
        return unassigned.stream().map(StreamSplit.class::cast).findFirst();
    }

    /** The ranges that were read. */
    ReadRanges read() {
        return read;
    }

    /** How many ranges were read of how many. */
    int rangesRead() {
        return isSnapshot() ? read.size() : ranges;
    }

    int ranges() {
        return ranges;
    }

    boolean resumes() {
        return resumes;
    }

    /** Whether ranges that were not read yet need the one moment that a connection holds. */
    boolean needsHolder() {
        return exported && isSnapshot() && !isRead();
    }

    CapturePlace place() {
        return place;
    }

    KnownTables tables() {
        return tables;
    }

    long estimatedRows() {
        return estimatedRows;
    }
}
