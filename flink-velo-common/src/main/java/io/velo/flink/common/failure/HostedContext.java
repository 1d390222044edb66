// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import io.velo.flink.common.metric.VeloMetrics;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.flink.api.common.JobInfo;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.util.UserCodeClassLoader;

/**
 * The surroundings of a writer of dead letters inside another operator: its job, its task and its
 * class loader, but a mailbox, timers and metrics of its own. For the task's thread only.
 */
final class HostedContext implements WriterInitContext {

    private final JobInfo job;
    private final TaskInfo task;
    private final UserCodeClassLoader classLoader;
    private final SinkWriterMetricGroup metrics;
    private final TypeInformation<?> type;
    private final OwnTimers timers = new OwnTimers();
    private final OwnMailbox mailbox = new OwnMailbox(timers);

    HostedContext(
            JobInfo job,
            TaskInfo task,
            UserCodeClassLoader classLoader,
            VeloMetrics metrics,
            TypeInformation<?> type) {
        this.job = job;
        this.task = task;
        this.classLoader = classLoader;
        this.type = type;
        this.metrics = new NestedMetrics(metrics.group().addGroup("dlq"));
    }

    static HostedContext of(WriterInitContext host, VeloMetrics metrics, TypeInformation<?> type) {
        return new HostedContext(
                host.getJobInfo(),
                host.getTaskInfo(),
                host.getUserCodeClassLoader(),
                metrics,
                type);
    }

    static HostedContext of(
            SourceReaderContext host, VeloMetrics metrics, TypeInformation<?> type) {
        Map<String, String> names = host.metricGroup().getAllVariables();
        return new HostedContext(
                HostedJob.of(names),
                new HostedTask(names, host.getIndexOfSubtask(), host.currentParallelism()),
                host.getUserCodeClassLoader(),
                metrics,
                type);
    }

    /** The name of the job, as the metrics of its operators know it. */
    static String job(MetricGroup operator) {
        return HostedJob.of(operator.getAllVariables()).getJobName();
    }

    /** Runs the timers that are due and the answers that have come. */
    void runDue() {
        while (mailbox.tryYield()) {
            // Until nothing has come.
        }
    }

    /** Takes no answers any more. */
    void close() {
        mailbox.close();
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        return classLoader;
    }

    @Override
    public MailboxExecutor getMailboxExecutor() {
        return mailbox;
    }

    @Override
    public ProcessingTimeService getProcessingTimeService() {
        return timers;
    }

    @Override
    public SinkWriterMetricGroup metricGroup() {
        return metrics;
    }

    @Override
    public SerializationSchema.InitializationContext asSerializationSchemaInitializationContext() {
        return new SerializationSchema.InitializationContext() {
            @Override
            public MetricGroup getMetricGroup() {
                return metrics;
            }

            @Override
            public UserCodeClassLoader getUserCodeClassLoader() {
                return classLoader;
            }
        };
    }

    /** Every letter is a row of its own. */
    @Override
    public boolean isObjectReuseEnabled() {
        return false;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> TypeSerializer<T> createInputSerializer() {
        return (TypeSerializer<T>) type.createSerializer(new SerializerConfigImpl());
    }

    /** Positions of a writer of dead letters do not outlive its task. */
    @Override
    public OptionalLong getRestoredCheckpointId() {
        return OptionalLong.empty();
    }

    @Override
    public JobInfo getJobInfo() {
        return job;
    }

    @Override
    public TaskInfo getTaskInfo() {
        return task;
    }
}
