// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.time.Duration;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * Runs a server in a container where a Docker engine answers, on the same port of 127.0.0.1 as a
 * plain process would. Data stays in the container over stop and kill, and goes with it.
 *
 * <p>Not proved: no test of this project runs with a Docker engine yet.
 */
final class DockerServer implements ServerHost {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final GenericContainer<?> container;
    private final String image;
    private final Readiness.Probe probe;

    DockerServer(ContainerImage image, int port, Readiness.Probe probe) {
        this.image = image.name();
        this.probe = probe;
        container = new GenericContainer<>(DockerImageName.parse(image.name()));
        PortBinding binding =
                new PortBinding(
                        Ports.Binding.bindIpAndPort("127.0.0.1", port),
                        ExposedPort.tcp(image.port()));
        container
                .withExposedPorts(image.port())
                .withEnv(image.environment())
                .withCreateContainerCmdModifier(
                        create -> create.getHostConfig().withPortBindings(binding));
        image.files()
                .forEach(
                        (path, content) ->
                                container.withCopyToContainer(Transferable.of(content), path));
        if (!image.command().isEmpty()) {
            container.withCommand(image.command().toArray(String[]::new));
        }
    }

    /** Whether a Docker engine answers. */
    static boolean isPossible() {
        try {
            return DockerClientFactory.instance().isDockerAvailable();
        } catch (NoClassDefFoundError e) {
            // Testcontainers is not on the class path.
            return false;
        }
    }

    @Override
    public void start() {
        if (container.getContainerId() == null) {
            Progress.report("Starting a container of " + image + ".");
            container.start();
        } else {
            docker().startContainerCmd(container.getContainerId()).exec();
        }
        if (!Readiness.await(probe, this::isRunning, START_LIMIT)) {
            throw new ServerException(
                    "The container of " + image + " does not answer: " + container.getLogs());
        }
    }

    @Override
    public void stop() {
        docker().stopContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void kill() {
        docker().killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public boolean isRunning() {
        return container.isRunning();
    }

    /** Empty: the processes of a container have no ids here. */
    @Override
    public List<Long> pids() {
        return List.of();
    }

    @Override
    public void pause() {
        docker().pauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void resume() {
        docker().unpauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void dispose() {
        container.stop();
    }

    private DockerClient docker() {
        return container.getDockerClient();
    }
}
