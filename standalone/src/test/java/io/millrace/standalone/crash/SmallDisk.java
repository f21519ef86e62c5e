package io.millrace.standalone.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file system of its own for one directory, in memory, that can be made full and roomy again by resizing it. Mounting needs root, on Linux. */
final class SmallDisk implements AutoCloseable {
    /** Nobody reaches it: it is a bound, and costs nothing until it is used. */
    private static final String ROOM = "4g";

    /** Whoever uses it may write while it is measured. */
    private static final int TRIES = 50;

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** Mounts one; none where that is not allowed, which is said. */
    static Optional<SmallDisk> mount(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String refused = run("mount", "-t", "tmpfs", "-o", "size=" + ROOM, "millrace-test", directory.toString());
        if (!refused.isEmpty()) {
            System.out.println(
                    "NO FULL DISKS: a file system cannot be mounted here, which needs root on Linux: " + refused);
            return Optional.empty();
        }
        SmallDisk disk = new SmallDisk(directory);
        Runtime.getRuntime().addShutdownHook(new Thread(disk::close));
        return Optional.of(disk);
    }

    /** No more can be written. */
    void fill() {
        String refused = "";
        for (int n = 0; n < TRIES; n++) {
            refused = resize(Long.toString(used()));
            if (refused.isEmpty()) {
                return;
            }
        }
        throw new IllegalStateException(directory + " cannot be made full: " + refused);
    }

    /** There is room again. */
    void free() {
        String refused = resize(ROOM);
        if (!refused.isEmpty()) {
            throw new IllegalStateException(directory + " cannot be given room: " + refused);
        }
    }

    private String resize(String bytes) {
        return run("mount", "-o", "remount,size=" + bytes, directory.toString());
    }

    private long used() {
        try {
            FileStore store = Files.getFileStore(directory);
            // A size of 0 would be no limit.
            return Math.max(store.getBlockSize(), store.getTotalSpace() - store.getUnallocatedSpace());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it said, if it failed. */
    private static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.onExit().join().exitValue();
            return exit == 0 ? "" : said.isBlank() ? "exit code " + exit : said.strip();
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /** Also while somebody still has files open there. */
    @Override
    public void close() {
        run("umount", "-l", directory.toString());
    }
}
