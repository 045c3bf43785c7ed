package org.oathbound.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.oathbound.directory.DataDirectory;

/**
 * Answers questions about the audit, from an index that stands beside each file. The index is a help and proves nothing: whether
 * somebody has been at the lines is what {@link Verification} says, which does not read it. One that is deleted is made anew.
 */
@ApplicationScoped
public class AuditSearch {

    private static final Logger LOG = System.getLogger(AuditSearch.class.getName());

    private final AuditFiles files;
    private final Map<String, IndexedFile> indexed = new ConcurrentHashMap<>();

    @Inject
    public AuditSearch(DataDirectory data) {
        this.files = new AuditFiles(data.path());
    }

    /**
     * Passes on the lines that are asked for, the newest first.
     *
     * @param take says whether it wants more
     */
    public void search(AuditQuestion question, Predicate<AuditRecord> take) {
        try {
            List<String> names = files.names();
            for (int i = names.size() - 1; i >= 0; i--) {
                if (!search(names.get(i), i == names.size() - 1, question, take)) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean search(String name, boolean isLast, AuditQuestion question, Predicate<AuditRecord> take)
            throws IOException {
        try {
            IndexedFile file = indexed(name);
            if (!isLast) {
                keep(file);
            }
            return file.search(question, take);
        } catch (NoSuchFileException e) {
            return true; // its time was over meanwhile
        }
    }

    /** A disk that is full takes no index, and is a reason to ask: the question is answered from memory then. */
    private static void keep(IndexedFile file) throws NoSuchFileException {
        try {
            file.keep();
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "An index of the audit is not kept: {0}", e.getMessage());
        }
    }

    /** Makes the indexes that are missing, so that no question waits for them, and removes those of files that are gone. */
    public void prepare() throws IOException {
        List<String> names = files.names();
        for (int i = names.size() - 2; i >= 0; i--) {
            indexed(names.get(i)).keep();
        }
        indexed.keySet().retainAll(names);
        for (String index : files.indexes()) {
            if (!names.contains(AuditFiles.ofIndex(index))) {
                Files.deleteIfExists(files.path(index));
            }
        }
    }

    private IndexedFile indexed(String name) {
        return indexed.computeIfAbsent(
                name, file -> new IndexedFile(files.path(file), files.path(AuditFiles.indexOf(file))));
    }
}
