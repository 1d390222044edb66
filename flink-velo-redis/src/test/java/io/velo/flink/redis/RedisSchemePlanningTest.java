// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.testkit.contract.Planning;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.connector.ChangelogMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RedisSchemePlanningTest {

    private static final String USERS = "redis://cache:6379/0?key_pattern=user:{id}&type=hash";

    static Stream<Arguments> refusedUris() {
        return Stream.of(
                Arguments.of("redis://a,b?key_pattern=u:{id}", "Several hosts"),
                Arguments.of("redis://a/keys/user:*", "Scanning keys"),
                Arguments.of("redis://a/3/keys/user:*", "Scanning keys"),
                Arguments.of("redis://a/user-activity-stream", "Redis streams"),
                Arguments.of("redis://a/0/clicks", "Redis streams"),
                Arguments.of(
                        "redis://a?key_pattern=u:{id}&type=zset", "'type'='zset' is not built"),
                Arguments.of(
                        "redis://a?key_pattern=u:{id}&type=json", "'type'='json' is not built"),
                Arguments.of(
                        "redis://a?key_pattern=u:{id}&format=msgpack",
                        "'format'='msgpack' is not built"),
                Arguments.of(
                        "redis://a?key_pattern=u:{id}&type=hash&format=json",
                        "'format' has no meaning"),
                Arguments.of("redis://a?key_pattern=u:{id}&stream=x", "not built yet"),
                Arguments.of("redis://a?key_pattern=u:{id}&scan_count=5", "not built yet"),
                Arguments.of("redis://a?key_pattern=u:{id}&mode=group", "not built yet"),
                Arguments.of("redis://a?key_pattern=u:{id}&retry_max_attempts=0", "from 1"),
                Arguments.of("redis://a?key_pattern=u:{id}&lookup_max_retries=3", "not built yet"),
                Arguments.of("redis://a?key_pattern=u:{id}&lookup_cache=full", "not built yet"),
                Arguments.of(
                        "redis://a?key_pattern=u:{id}&lookup_cache=partial", "without any limit"),
                Arguments.of(
                        "redis://a?key_pattern=u:{id}&lookup_partial_cache_max_rows=5",
                        "has no meaning without"),
                Arguments.of("redis://a?key_patern=u:{id}", "Did you mean 'key_pattern'?"),
                Arguments.of("redis://a?key_pattern=u:{id}&pattern=u", "same option"),
                Arguments.of("redis://a?key_pattern=u:{id}&type=table", "one of string, hash"),
                Arguments.of("rediss://a?key_pattern=u:{id}&tls=false", "contradict"),
                Arguments.of("redis://ann@a?key_pattern=u:{id}", "without a password"));
    }

    @ParameterizedTest
    @MethodSource("refusedUris")
    void refusesInOneSentence(String uri, String sentence) {
        assertThatThrownBy(() -> Tables.users(uri).source())
                .isInstanceOf(VeloException.class)
                .hasMessageContaining(sentence);
    }

    static Stream<Arguments> refusedSinks() {
        return Stream.of(
                Arguments.of("redis://a?type=hash", "'key-pattern' is missing"),
                Arguments.of("redis://a?key_pattern=user:*", "holds a wildcard"),
                Arguments.of("redis://a?key_pattern=users", "names no column"),
                Arguments.of("redis://a?key_pattern=user:{idd}", "'idd' is neither a column"),
                Arguments.of("redis://a?key_pattern=u:{id}:{YYYY}", "Date words"),
                Arguments.of("redis://a?key_pattern={id}{region}", "nothing between two columns"),
                Arguments.of("redis://a?key_pattern=u:{id}&ttl=0", "shorter than 1 ms"),
                Arguments.of("redis://a?key_pattern=u:{id}&dlq_uri=x", "only if rows go to"),
                Arguments.of(
                        "redis://a?key_pattern=u:{id}&failure_strategy=send-to-dlq",
                        "'dlq.uri' is not given"),
                Arguments.of("redis://a?key_pattern=u:{id}&batch_min_size=5", "adaptive size"),
                Arguments.of(
                        "redis://a?key_pattern=u:{id}&sink_delivery_guarantee=exactly-once",
                        "cannot deliver exactly once"));
    }

    @ParameterizedTest
    @MethodSource("refusedSinks")
    void refusesASinkThatCannotWork(String uri, String sentence) {
        assertThatThrownBy(() -> Tables.users(uri).sink())
                .isInstanceOf(VeloException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void refusesATemplateThatLacksAPartOfThePrimaryKey() {
        assertThatThrownBy(() -> Tables.users(USERS, "id", "region").sink())
                .hasMessageContaining("lacks 'region' of the primary key");
    }

    @Test
    void refusesAColumnWhoseTypeCannotBeStored() {
        ResolvedSchema schema =
                ResolvedSchema.of(
                        Column.physical("id", DataTypes.BIGINT().notNull()),
                        Column.physical("m", DataTypes.MAP(DataTypes.INT(), DataTypes.INT())));

        assertThatThrownBy(() -> Planning.of(schema, USERS).sink())
                .hasMessageContaining("Column 'm' has type MAP<INT, INT>");
    }

    @Test
    void takesOnlyInsertionsWithoutAPrimaryKey() {
        assertThat(mode(Tables.users(USERS))).isEqualTo(ChangelogMode.insertOnly());
    }

    @Test
    void takesUpdatesByKeyWithAPrimaryKey() {
        ChangelogMode mode = mode(Tables.users(USERS, "id"));

        assertThat(mode.getContainedKinds()).isEqualTo(ChangelogMode.upsert().getContainedKinds());
        assertThat(mode.keyOnlyDeletes()).isTrue();
    }

    @Test
    void asksForTheOldRowWhenTheTemplateUsesMoreThanThePrimaryKey() {
        String uri = "redis://cache?key_pattern=user:{region}:{id}&type=hash";

        assertThat(mode(Tables.users(uri, "id"))).isEqualTo(ChangelogMode.all());
    }

    @Test
    void choosesTheTypeByTheNumberOfColumnsOutsideTheKey() {
        assertThat(type("redis://cache?key_pattern=user:{id}")).isEqualTo(ValueType.HASH);
        assertThat(type("redis://cache?key_pattern=user:{id}:{region}"))
                .isEqualTo(ValueType.STRING);
        assertThat(type("redis://cache?key_pattern=user:{id}&format=json"))
                .isEqualTo(ValueType.STRING);
        assertThat(type("redis://cache?key_pattern=user:{id}:{region}&type=hash"))
                .isEqualTo(ValueType.HASH);
    }

    @Test
    void looksUpByTheColumnsOfTheTemplate() {
        RedisTableSource source = (RedisTableSource) Tables.users(USERS).source();

        LookupPlan plan = source.plan(new int[][] {{0}});

        assertThat(plan.values()).extracting(ValueColumn::name).containsExactly("region", "name");
        assertThat(plan.arity()).isEqualTo(3);
        assertThat(plan.type()).isEqualTo(ValueType.HASH);
    }

    @Test
    void refusesAJoinThatDoesNotCompareTheColumnsOfTheTemplate() {
        String uri = "redis://cache?key_pattern=user:{region}:{id}";
        RedisTableSource source = (RedisTableSource) Tables.users(uri).source();

        assertThatThrownBy(() -> source.plan(new int[][] {{0}}))
                .hasMessageContaining("VELO-CAP-002")
                .hasMessageContaining("does not compare 'region'")
                .hasMessageContaining("region, id");
    }

    @Test
    void readsTheServerFromTheUri() {
        assertThat(endpoint("redis:///5?key_pattern=u:{id}").shown())
                .isEqualTo("redis://localhost:6379/5");
        assertThat(endpoint("rediss://[::1]:7000?key_pattern=u:{id}").shown())
                .isEqualTo("rediss://[::1]:7000/0");
        assertThat(endpoint("redis://h?key_pattern=u:{id}&tls=true").tls()).isTrue();
        assertThat(endpoint("redis://ann:pw@h/1?key_pattern=u:{id}").credentials().user())
                .isEqualTo("ann");
    }

    @Test
    void printsItsServer() {
        assertThat(Tables.users(USERS).source().asSummaryString())
                .isEqualTo("Redis redis://cache:6379/0");
    }

    @Test
    void takesOnlyServersAsFallbacks() {
        String uri = USERS + "&fallback_uris=";

        assertThat(Tables.users(uri + "redis://b:7000,redis://u:p@c").source()).isNotNull();
        assertThatThrownBy(() -> Tables.users(uri + "kafka://b").source())
                .hasMessageContaining("VELO-OPT-001")
                .hasMessageContaining("'kafka://b', which is not just a server of scheme 'redis'");
        assertThatThrownBy(() -> Tables.users(uri + "redis://x:secret@b/1").source())
                .hasMessageContaining("not just a server")
                .hasMessageNotContaining("secret");
    }

    @Test
    void refusesLookupOptionsWithoutMeaning() {
        assertThatThrownBy(() -> Tables.users(USERS + "&lookup_on_open=skip").source())
                .hasMessageContaining("VELO-OPT-002")
                .hasMessageContaining("'circuit-breaker.enabled'='true'");
        assertThatThrownBy(
                        () ->
                                Tables.users(
                                                USERS
                                                        + "&lookup_on_open=stale"
                                                        + "&circuit_breaker_enabled=true")
                                        .source())
                .hasMessageContaining("needs a partial cache");
        assertThatThrownBy(() -> Tables.users(USERS + "&lookup_cache=full").source())
                .hasMessageContaining("VELO-OPT-004");
        assertThatThrownBy(() -> Tables.users(USERS + "&lookup_partial_cache_max_rows=1").source())
                .hasMessageContaining("no meaning without 'lookup.cache'='partial'");
    }

    private static ChangelogMode mode(Planning planning) {
        return planning.sink().getChangelogMode(ChangelogMode.all());
    }

    private static ValueType type(String uri) {
        return ((RedisTableSink) Tables.users(uri).sink()).written().type();
    }

    private static RedisEndpoint endpoint(String uri) {
        return ((RedisTableSink) Tables.users(uri).sink()).written().table().endpoint();
    }
}
