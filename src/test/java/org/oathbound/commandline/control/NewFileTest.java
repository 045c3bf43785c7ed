package org.oathbound.commandline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {

    @TempDir
    Path folder;

    @Test
    void itIsForItsOwnerOnlyFromItsFirstByte() throws IOException {
        Path file = folder.resolve("new");
        new NewFile(file).write(out -> out.write(42), written -> assertThat(mode(written))
                .isEqualTo("rw-------"));
        assertThat(file).hasBinaryContent(new byte[] {42});
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void oneThatIsThereIsNeverTouched() throws IOException {
        Path file = Files.writeString(folder.resolve("mine"), "mine");
        assertThatThrownBy(() -> new NewFile(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("mine");
    }

    @Test
    void oneThatComesMeanwhileIsNotTouchedEither() throws IOException {
        Path file = folder.resolve("new");
        NewFile fresh = new NewFile(file);
        assertThatThrownBy(() -> fresh.write(out -> Files.writeString(file, "other")))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("other");
    }

    @Test
    void ofOneThatDoesNotComeToItsEndNothingIsLeft() throws IOException {
        NewFile fresh = new NewFile(folder.resolve("new"));
        assertThatThrownBy(() -> fresh.write(out -> {
                    out.write(42);
                    throw new IOException("cut off");
                }))
                .hasMessage("cut off");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void ofOneThatIsNotRightNothingIsLeft() throws IOException {
        NewFile fresh = new NewFile(folder.resolve("new"));
        assertThatThrownBy(() -> fresh.write(out -> out.write(42), written -> {
                    throw new IOException("not whole");
                }))
                .hasMessage("not whole");
        assertThat(folder).isEmptyDirectory();
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
