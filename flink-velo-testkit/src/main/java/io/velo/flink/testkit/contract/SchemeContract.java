// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.scheme.Capability;
import io.velo.flink.common.scheme.LookupScheme;
import io.velo.flink.common.scheme.ScanRefused;
import io.velo.flink.common.scheme.ScanScheme;
import io.velo.flink.common.scheme.Scheme;
import io.velo.flink.common.scheme.SchemeRegistry;
import io.velo.flink.common.scheme.SchemeSpec;
import io.velo.flink.common.scheme.SinkScheme;
import io.velo.flink.common.scheme.SourceScheme;
import io.velo.flink.common.uri.UriForm;
import io.velo.flink.common.uri.VeloUri;
import io.velo.flink.testkit.fault.LeakDetector;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every scheme must do, whatever the system behind it: a scheme's test class extends this one,
 * says which scheme it is about, and gets all of it. No server is needed.
 */
public abstract class SchemeContract {

    private static final String CANARY = "VELOCANARY";

    /** The scheme under test. */
    protected abstract Scheme scheme();

    /** The columns with which the examples are planned; override for a scheme that needs others. */
    protected ResolvedSchema columns(String exampleUri) {
        return new ResolvedSchema(
                List.of(
                        Column.physical("id", DataTypes.BIGINT().notNull()),
                        Column.physical("name", DataTypes.STRING()),
                        Column.physical("total", DataTypes.DOUBLE())),
                List.of(),
                UniqueConstraint.primaryKey("pk", List.of("id")));
    }

    private SchemeSpec spec() {
        return scheme().spec();
    }

    @Test
    void isFoundByServiceLoaderUnderEachOfItsNames() {
        SchemeRegistry registry = SchemeRegistry.load(getClass().getClassLoader());

        for (String name : spec().names()) {
            assertThat(registry.get(name).getClass())
                    .as("Add a line to META-INF/services for '%s'.", name)
                    .isEqualTo(scheme().getClass());
            assertThat(name).isLowerCase();
        }
    }

    @Test
    void plansEveryExample() {
        assertThat(spec().examples()).as("Give at least one example in the spec.").isNotEmpty();
        for (SchemeSpec.Example example : spec().examples()) {
            assertThat(example.sentence()).endsWith(".");
            assertThat(planned(example.uri())).as(example.uri()).isPositive();
        }
    }

    /** In how many roles an example plans; where it does not, it must say so in Velo's words. */
    private int planned(String uri) {
        int roles = 0;
        if (scheme() instanceof SourceScheme) {
            roles += plans(() -> Planning.of(columns(uri), uri).source());
        }
        if (scheme() instanceof SinkScheme) {
            roles += plans(() -> Planning.of(columns(uri), uri).sink());
        }
        return roles;
    }

    private static int plans(Runnable planning) {
        Throwable thrown = catchThrowable(planning::run);
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(VeloException.class);
            return 0;
        }
        return 1;
    }

    @Test
    @Timeout(120)
    void plansPurelyAndQuickly() {
        String uri = spec().examples().get(0).uri();
        Planning planning = Planning.of(columns(uri), uri);
        Set<String> summaries = new HashSet<>();
        planOnce(planning, summaries);
        Duration start = ownTime();

        try (LeakDetector leaks = LeakDetector.watch()) {
            for (int i = 0; i < 100; i++) {
                planOnce(planning, summaries);
            }
            assertThat(leaks).isNotNull();
        }

        assertThat(summaries).as("Planning the same request twice differs.").hasSizeLessThan(3);
        assertThat(ownTime().minus(start)).isLessThan(Duration.ofMillis(100).multipliedBy(100));
    }

    /**
     * The processor time of this thread: what else the machine does must not fail a test. Planning
     * that waits is caught by the test's time limit.
     */
    private static Duration ownTime() {
        return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    }

    private void planOnce(Planning planning, Set<String> summaries) {
        if (scheme() instanceof SourceScheme) {
            summaries.add(planning.source().asSummaryString());
        }
        if (scheme() instanceof SinkScheme) {
            catchThrowable(() -> summaries.add(planning.sink().asSummaryString()));
        }
    }

    @Test
    void refusesUnknownParametersWithTheNearestName() {
        String uri = firstExample();
        String join = uri.contains("?") ? "&" : "?";

        assertRefused(uri + join + "stricd=true", null, null)
                .hasMessageContaining("VELO-URI-003")
                .hasMessageContaining("Did you mean 'strict'?");
        assertRefused(uri, "stricd", "true")
                .hasMessageContaining("VELO-URI-003")
                .hasMessageContaining("Did you mean 'strict'?");
    }

    @Test
    void reportsSeveralMistakesTogether() {
        assertRefused(firstExample(), "strict", "perhaps").hasMessageContaining("true or false");
        String uri = firstExample();
        String join = uri.contains("?") ? "&" : "?";
        assertRefused(uri + join + "stricd=true", "strict", "perhaps")
                .hasMessageContaining("VELO-URI-003")
                .hasMessageContaining("VELO-OPT-001");
    }

    @Test
    void refusesDuplicatesAfterFolding() {
        String uri = firstExample();
        String join = uri.contains("?") ? "&" : "?";

        assertRefused(uri + join + "validate_connect=false&validateConnect=false", null, null)
                .hasMessageContaining("validate_connect")
                .hasMessageContaining("validateConnect");
    }

    @Test
    void refusesWhatIsNotBuiltYetAndNeverIgnoresIt() {
        for (String name : spec().notBuilt()) {
            if (!name.endsWith(".")) {
                assertRefused(firstExample(), name, "true")
                        .as(name)
                        .hasMessageContaining("not built yet");
            }
        }
        assertRefused(firstExample(), "late-data.strategy", "drop")
                .hasMessageContaining("not built yet");
    }

    @Test
    void refusesAMissingCapabilityWithTheStandardSentence() {
        Planning planning = Planning.of(columns(firstExample()), firstExample());
        if (!(scheme() instanceof SinkScheme)) {
            assertThatThrownBy(planning::sink).hasMessageContaining(sentence(Capability.SINK));
        }
        if (!(scheme() instanceof SourceScheme)) {
            assertThatThrownBy(planning::source).hasMessageContaining(sentence(Capability.SCAN));
            return;
        }
        DynamicTableSource source = planning.source();
        if (!(scheme() instanceof ScanScheme)) {
            assertThat(source).isInstanceOf(ScanRefused.class);
            ScanTableSource.ScanRuntimeProvider provider =
                    ((ScanTableSource) source).getScanRuntimeProvider(null);
            assertThatThrownBy(
                            () -> ((DataStreamScanProvider) provider).produceDataStream(null, null))
                    .hasMessageContaining(sentence(Capability.SCAN));
        }
        if (!(scheme() instanceof LookupScheme)) {
            assertThat(source).isInstanceOf(LookupTableSource.class);
            assertThatThrownBy(() -> ((LookupTableSource) source).getLookupRuntimeProvider(null))
                    .hasMessageContaining(sentence(Capability.LOOKUP));
        }
    }

    private String sentence(Capability capability) {
        return capability.refusal(spec().name()).sentence();
    }

    @Test
    void takesInlineCredentialsAndPrintsThemNowhere() {
        if (spec().form() != UriForm.SERVER || !spec().options().contains(CommonOptions.PASSWORD)) {
            return;
        }
        VeloUri example = VeloUri.parse(firstExample(), spec().form());
        String uri =
                example.withCredentials("app", io.velo.flink.common.secret.Secret.of(CANARY))
                        .print();
        assertThat(uri).contains(CANARY);

        if (scheme() instanceof SourceScheme) {
            Throwable thrown =
                    catchThrowable(
                            () ->
                                    assertThat(
                                                    Planning.of(columns(uri), uri)
                                                            .source()
                                                            .asSummaryString())
                                            .doesNotContain(CANARY));
            assertThat(String.valueOf(thrown)).doesNotContain(CANARY);
        }
        assertRefused(uri, "no-such-option", "x").hasMessageNotContaining(CANARY);
        assertRefused(uri, "password", CANARY)
                .hasMessageNotContaining(CANARY)
                .hasMessageContaining("given twice");
    }

    @Test
    @Timeout(120)
    void answersHostileUrisWithOneClearError() {
        for (String name : spec().names()) {
            for (String uri : HostileUris.of(name)) {
                answerHostile(uri);
            }
        }
    }

    private void answerHostile(String uri) {
        String shown = uri.length() > 80 ? uri.substring(0, 80) + "…" : uri;
        Duration start = ownTime();
        Throwable thrown = null;
        if (scheme() instanceof SourceScheme) {
            thrown = catchThrowable(() -> Planning.of(columns(uri), uri).source());
        } else {
            thrown = catchThrowable(() -> Planning.of(columns(uri), uri).sink());
        }
        assertThat(ownTime().minus(start))
                .as("time for %s", shown)
                .isLessThan(Duration.ofSeconds(2));
        if (thrown != null) {
            assertThat(thrown).as(shown).isInstanceOf(VeloException.class);
            assertThat(thrown.getMessage()).as(shown).doesNotContain(CANARY);
            assertThat(thrown.getMessage().getBytes(StandardCharsets.UTF_8))
                    .as(shown)
                    .hasSizeLessThanOrEqualTo(VeloException.MAX_MESSAGE_BYTES);
        }
    }

    @Test
    void documentsEveryOption() {
        Set<String> names = new HashSet<>();
        assertThat(spec().summary()).endsWith(".");
        for (SchemeOption<?> option : spec().options()) {
            assertThat(option.description()).as(option.key()).endsWith(".");
            assertThat(option.key()).as("spelling").matches("[a-z0-9]+([.-][a-z0-9]+)*");
            assertThat(names.add(option.foldedName())).as("%s twice", option.key()).isTrue();
            assertThat(option.printedDefault()).as(option.key()).isNotBlank();
            option.defaultValue()
                    .ifPresent(
                            value ->
                                    assertThat(option.kind().type())
                                            .as(option.key())
                                            .isAssignableFrom(value.getClass()));
        }
    }

    @Test
    void acceptsItsNamesInUpperCase() {
        String uri = firstExample();
        int colon = uri.indexOf(':');
        String upper = uri.substring(0, colon).toUpperCase(java.util.Locale.ROOT);

        assertThat(planned(upper + uri.substring(colon))).isPositive();
    }

    @Test
    void hasOptionsOfEveryTypeInTheOrderOfPrecedence() {
        new PrecedenceCheck(spec()).run();
    }

    @Test
    void hasAPageWhoseTablesAreCurrent() {
        new PageCheck(scheme()).run();
    }

    private String firstExample() {
        return spec().examples().get(0).uri();
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
            String uri, String key, String value) {
        Planning planning = Planning.of(columns(firstExample()), uri);
        if (key != null) {
            planning.with(key, value);
        }
        Throwable thrown =
                scheme() instanceof SourceScheme
                        ? catchThrowable(planning::source)
                        : catchThrowable(planning::sink);
        return assertThat(thrown).isInstanceOf(VeloException.class);
    }
}
