// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.velo.flink.common.error.VeloException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BatchingLookupTest {

    private static final PartialCache CACHE =
            new PartialCache(100, Duration.ofNanos(1), null, true, true);

    private Shelf own;
    private Shelf fallback;
    private BatchingLookup<Integer> lookup;

    @BeforeEach
    void shelves(TestInfo test) {
        own = new Shelf("shelf://own/" + test.getDisplayName());
        fallback = new Shelf("shelf://other/" + test.getDisplayName());
        own.names.put(1, "own");
        fallback.names.put(1, "other");
    }

    @AfterEach
    void close() throws Exception {
        if (lookup != null) {
            lookup.close();
        }
    }

    private void open(LookupSettings settings, Shelf... servers) throws Exception {
        lookup = new BatchingLookup<>(new ShelfTable(List.of(servers)), settings);
        lookup.open(new FunctionContext(null));
    }

    private CompletableFuture<Collection<RowData>> ask(Integer key) {
        return lookup.asyncLookup(GenericRowData.of(key));
    }

    private List<String> names(Integer key) throws Exception {
        return Shelf.names(ask(key).get(60, TimeUnit.SECONDS));
    }

    @Test
    void tellsAMissFromAFailure() throws Exception {
        own.names.put(2, "broken");
        open(Settings.plain(), own);

        CompletableFuture<Collection<RowData>> broken = ask(2);
        assertThat(names(1)).containsExactly("own");
        assertThat(names(3)).isEmpty();
        assertThat(names(null)).isEmpty();
        assertThatThrownBy(broken::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("broken");
    }

    @Test
    void failsOnAMissIfAsked() throws Exception {
        open(Settings.onMiss(OnMiss.FAIL), own);

        assertThat(names(1)).containsExactly("own");
        assertThatThrownBy(() -> names(3)).hasStackTraceContaining("does not exist");
    }

    @Test
    void asksAgainUntilTheServerIsBack() throws Exception {
        open(Settings.patient(), own);
        own.down = true;
        CompletableFuture<Collection<RowData>> answer = ask(1);
        while (own.connections.get() < 5) {
            Thread.onSpinWait();
        }
        own.down = false;

        assertThat(Shelf.names(answer.get())).containsExactly("own");
    }

    @Test
    void doesNotAskAgainWhenTheServerRefuses() throws Exception {
        own.names.put(4, "refused");
        open(Settings.plain(), own);

        assertThatThrownBy(() -> names(4)).hasRootCauseInstanceOf(Shelf.Refused.class);
        assertThat(own.requests).hasSize(1);
        assertThat(names(1)).containsExactly("own");
    }

    @Test
    void saysAtOnceThatNoServerCanBeReached() {
        own.down = true;

        assertThatThrownBy(() -> open(Settings.plain(), own)).isInstanceOf(Shelf.Away.class);
        assertThat(own.connections).hasValue(Settings.QUICK.maxAttempts());
    }

    @Test
    void saysAtOnceThatTheClientIsBrokenAndLetsOthersUseTheBreaker() throws Exception {
        LookupSettings settings =
                Settings.onOpen(OnOpen.SKIP, Settings.breaker(Duration.ofMillis(1)), null);
        own.broken = new NoClassDefFoundError("client");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> open(settings, own)).hasRootCause(own.broken);
        }
        // The breaker is open now; its probe meets the same.
        Throwable told = null;
        while (told == null) {
            told = catchThrowable(() -> open(settings, own));
            if (told == null) {
                lookup.close();
            }
        }
        assertThat(told).hasRootCause(own.broken);
        own.broken = null;

        open(settings, own);
        List<String> names = names(1);
        while (names.isEmpty()) {
            names = names(1);
        }
        assertThat(names).containsExactly("own");
    }

    @Test
    void startsWithAFallbackAndReturnsWhenItsOwnServerIsWell() throws Exception {
        own.down = true;
        open(Settings.plain(), own, fallback);
        for (int i = 0; i < 5; i++) {
            assertThat(names(1)).containsExactly("other");
        }
        int tried = own.connections.get();
        assertThat(names(1)).containsExactly("other");
        assertThat(own.connections).as("an unhealthy server is left to the checks").hasValue(tried);

        own.down = false;
        fallback.down = true;
        assertThat(names(1)).containsExactly("own");
        assertThat(names(1)).containsExactly("own");
        fallback.down = false;
        assertThat(names(1)).containsExactly("own");
    }

    @Test
    void finishesWithinTheCacheWhatItHolds() throws Exception {
        open(Settings.cached(new PartialCache(10, Duration.ofHours(1), null, true, false)), own);
        assertThat(names(1)).containsExactly("own");
        assertThat(names(9)).isEmpty();
        own.down = true;

        assertThat(names(1)).containsExactly("own");
        assertThat(names(9)).isEmpty();
        assertThat(own.requests).hasSize(2);
    }

    @Test
    void leavesAServerAloneAndSkipsMeanwhile() throws Exception {
        open(Settings.onOpen(OnOpen.SKIP, Settings.breaker(Duration.ofHours(1)), null), own);
        own.down = true;

        assertThat(names(1)).isEmpty();
        int tried = own.connections.get();
        assertThat(names(1)).isEmpty();
        assertThat(own.connections).hasValue(tried);
    }

    @Test
    void asksAgainWhenTheBreakerProbes() throws Exception {
        open(Settings.onOpen(OnOpen.SKIP, Settings.breaker(Duration.ofMillis(20)), null), own);
        own.down = true;
        assertThat(names(1)).isEmpty();
        own.down = false;

        List<String> names = names(1);
        while (names.isEmpty()) {
            names = names(1);
        }
        assertThat(names).containsExactly("own");
    }

    @Test
    void givesNullsStaleAnswersOrAnErrorWhileTheBreakerIsOpen() throws Exception {
        open(Settings.onOpen(OnOpen.NULL, Settings.breaker(Duration.ofHours(1)), null), own);
        own.down = true;
        assertThat(ask(1).get()).hasToString("[+I(1,null)]");
        lookup.close();

        Shelf second = new Shelf(own.endpoint() + "/stale");
        second.names.put(1, "old");
        open(Settings.onOpen(OnOpen.STALE, Settings.breaker(Duration.ofHours(2)), CACHE), second);
        assertThat(names(1)).containsExactly("old");
        second.down = true;
        assertThat(names(1)).containsExactly("old");
        assertThatThrownBy(() -> names(2)).hasStackTraceContaining("circuit breaker");
        lookup.close();

        Shelf third = new Shelf(own.endpoint() + "/fail");
        open(Settings.onOpen(OnOpen.FAIL, Settings.breaker(Duration.ofHours(3)), null), third);
        third.down = true;
        assertThatThrownBy(() -> names(1))
                .hasCauseInstanceOf(VeloException.class)
                .hasStackTraceContaining("circuit breaker");
    }

    @Test
    void closesWhileTheServerIsSilentAndFailsWhatWaits() throws Exception {
        open(Settings.plain(), own);
        own.silent = true;
        CompletableFuture<Collection<RowData>> answer = ask(1);
        while (own.requests.isEmpty()) {
            Thread.onSpinWait();
        }
        CompletableFuture<Collection<RowData>> waiting = ask(1);
        lookup.close();

        assertThatThrownBy(answer::get).hasStackTraceContaining("closed before it was answered");
        assertThatThrownBy(waiting::get).hasStackTraceContaining("closed before it was answered");
    }

    @Test
    void sharesConnectionsAmongTheInstancesOfAJoin() throws Exception {
        open(Settings.plain(), own);
        BatchingLookup<Integer> other =
                InstantiationUtil.clone(lookup, getClass().getClassLoader());
        other.open(new FunctionContext(null));
        assertThat(names(1)).containsExactly("own");
        lookup.close();

        assertThat(Shelf.names(other.asyncLookup(GenericRowData.of(1)).get()))
                .containsExactly("own");
        assertThat(own.connections).hasValue(1);
        other.close();
        // The threads were told to end; the limit of the test is that of their end.
        while (threads("velo-shelf-lookup-0")) {
            Thread.onSpinWait();
        }
    }

    private static boolean threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith(prefix));
    }
}
