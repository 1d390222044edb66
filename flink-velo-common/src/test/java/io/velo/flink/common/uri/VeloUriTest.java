// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.secret.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be asked of a URI and how it is changed. */
class VeloUriTest {

    private static final VeloUri URI =
            VeloUri.parse("postgresql://me:pw@db1:5432,db2/shop?batch_size=5&sslMode=prefer");

    @Test
    void schemesHaveTheirForm() {
        assertThat(Stream.of("file", "s3", "gs", "azure", "iceberg", "delta", "hudi", "memory"))
                .allSatisfy(
                        scheme ->
                                assertThat(VeloUri.parse(scheme + ":///x").form())
                                        .isEqualTo(UriForm.LOCATION));
        assertThat(VeloUri.parse("unheard-of://h:1/x").form()).isEqualTo(UriForm.SERVER);
        assertThat(VeloUri.parse("unheard-of://b/a?c", UriForm.LOCATION).path()).isEqualTo("/a?c");
    }

    @Test
    void parametersAreFoundInAnySpelling() {
        assertThat(Stream.of("batch_size", "batch-size", "batch.size", "batchSize", "BATCH_SIZE"))
                .allSatisfy(name -> assertThat(URI.parameter(name)).contains("5"));
        assertThat(URI.parameter("ssl_mode")).contains("prefer");
        assertThat(URI.parameter("sslmode")).isEmpty();
        assertThat(URI.parameter("")).isEmpty();
    }

    @Test
    void parametersAreSetInPlaceOrAtTheEnd() {
        assertThat(URI.withParameter("batch-size", "a&b=%").print())
                .endsWith("?batch-size=a%26b=%25&sslMode=prefer");
        assertThat(URI.withParameter("x", "1,2").print()).endsWith("&sslMode=prefer&x=1,2");
        assertThat(URI.withoutParameter("batch.size").withoutParameter("ssl_mode").print())
                .endsWith("/shop");
        assertThat(URI.withoutParameter("x")).isSameAs(URI);
        assertThatThrownBy(() -> URI.withParameter("no name", "1"))
                .isInstanceOf(VeloException.class);
    }

    @Test
    void credentialsAreTakenAwayAndSet() {
        assertThat(URI.withoutCredentials().print())
                .isEqualTo("postgresql://db1:5432,db2/shop?batch_size=5&sslMode=prefer");
        VeloUri other = URI.withCredentials("a:b", Secret.of("${file:/run/pw}"));
        assertThat(other.user()).contains("a:b");
        assertThat(other.password().orElseThrow().isReference()).isTrue();
        assertThat(other.print()).contains("a%3Ab:${file:/run/pw}@db1");
        assertThat(URI.withCredentials(null, Secret.of("x")).print()).contains("://:x@db1");
        assertThat(URI.withCredentials(null, null).hasCredentials()).isFalse();
        assertThatThrownBy(() -> VeloUri.parse("s3://b/x").withCredentials("u", null))
                .isInstanceOf(VeloException.class);
    }

    @Test
    void referencesStayTextEverywhere() {
        VeloUri uri =
                VeloUri.parse(
                        "redis://${env:VELO_U}:${file:/run/a:b}@${env:VELO_H}:6379,x-${env:VELO_N}/"
                                + "${env:VELO_P}/b?ttl=${env:VELO_T}");

        assertThat(uri.user()).contains("${env:VELO_U}");
        assertThat(uri.password()).contains(Secret.of("${file:/run/a:b}"));
        assertThat(uri.hosts())
                .containsExactly(
                        new HostPort("${env:VELO_H}", 6379), new HostPort("x-${env:VELO_N}", -1));
        assertThat(uri.pathSegments()).containsExactly("${env:VELO_P}", "b");
        assertThat(uri.parameter("ttl")).contains("${env:VELO_T}");
        assertThat(VeloUri.parse("s3://b/${file:/a/b}/c").pathSegments())
                .containsExactly("${file:/a/b}", "c");
    }

    @Test
    void equalSpellingsAreEqualAndOrdered() {
        VeloUri same =
                VeloUri.parse(
                        "POSTGRESQL://m%65:pw@db1:05432,db2/sho%70?batch_size=5&sslMode=prefer");

        assertThat(same).isEqualTo(URI).hasSameHashCodeAs(URI).isEqualByComparingTo(URI);
        assertThat(URI).isNotEqualTo(URI.withoutCredentials()).isNotEqualTo("x");
        assertThat(URI).isGreaterThan(VeloUri.parse("kafka://h/t"));
        assertThat(VeloUri.parse("x://b/p", UriForm.LOCATION))
                .isNotEqualTo(VeloUri.parse("x://b/p"));
    }

    @Test
    void itSurvivesSerialization() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(URI);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            VeloUri read = (VeloUri) in.readObject();
            assertThat(read).isEqualTo(URI);
            assertThat(read.parameters()).isEqualTo(URI.parameters());
        }
    }

    @Test
    void redactionHidesWhatCouldBeASecret() {
        assertThat(URI)
                .hasToString("postgresql://***@db1:5432,db2/shop?batch_size=5&sslMode=prefer");
        assertThat(VeloUri.parse("s3://b/x?access_key_id=AK&secret_access_key=SK&region=eu"))
                .hasToString("s3://b/x?access_key_id=***&secret_access_key=***&region=eu");
        assertThat(VeloUri.parse("kafka://h/t?key_pattern=a&key_fields=b&merge_key=id"))
                .hasToString("kafka://h/t?key_pattern=a&key_fields=b&merge_key=id");
        assertThat(VeloUri.parse("kafka://h/t?dlq_uri=kafka://b1:9092,b2/dead&x=http://u:p@h"))
                .hasToString("kafka://***");
        assertThat(VeloUri.parse("kafka://h/t?dlq_uri=kafka://b1:9092,b2/dead"))
                .hasToString("kafka://h/t?dlq_uri=kafka://b1:9092,b2/dead");
        assertThat(VeloUri.parse("kafka://h/t?dlq_uri=redis://h/?password%3Dx"))
                .hasToString("kafka://h/t?dlq_uri=***");
        assertThat(URI.parameters().get(0)).hasToString("batch_size=…");
    }

    @Test
    void aFailedParseShowsTheSoundPartOfTheText() {
        assertThatThrownBy(() -> VeloUri.parse("redis://me:pw@cache:6379/0?ttl"))
                .hasMessageContaining("where: redis://***@cache:6379/0?***\n");
    }
}
