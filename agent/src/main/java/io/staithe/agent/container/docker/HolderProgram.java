package io.staithe.agent.container.docker;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The smallest program that waits for ever: what runs in a network holder. A static ELF binary without a section, whose one
 * segment is the whole file. As first process of a shared PID namespace it also inherits orphans: it ignores SIGCHLD, so the
 * kernel buries them. SIGTERM does nothing to a first process without a handler: it is ended by SIGKILL.
 */
final class HolderProgram {
    private static final long LOAD_ADDRESS = 0x400000;
    private static final short ELF_HEADER_BYTES = 64;
    private static final short PROGRAM_HEADER_BYTES = 56;
    private static final short MACHINE_X86_64 = 62;
    private static final short MACHINE_AARCH64 = 183;
    /** {@code struct sigaction { SIG_IGN, no flags, no restorer, empty mask }}: where the code ends. */
    private static final byte[] IGNORE =
            ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN).putLong(1).array();

    private static final byte[] X86_64 = bytes(
            0xB8, 0x0D, 0x00, 0x00, 0x00, // 00 mov eax, 13      rt_sigaction
            0xBF, 0x11, 0x00, 0x00, 0x00, // 05 mov edi, 17      SIGCHLD
            0x48, 0x8D, 0x35, 0x13, 0x00, 0x00, 0x00, // 0A lea rsi, [rip+19]  IGNORE, at 24
            0x31, 0xD2, //                   11 xor edx, edx     no old action
            0x41, 0xBA, 0x08, 0x00, 0x00, 0x00, // 13 mov r10d, 8  bytes of a signal mask
            0x0F, 0x05, //                   19 syscall
            0xB8, 0x22, 0x00, 0x00, 0x00, // 1B mov eax, 34      pause
            0x0F, 0x05, //                   20 syscall
            0xEB, 0xF7); //                  22 jmp 1B

    private static final byte[] AARCH64 = words(
            0xD28010C8, // 00 mov x8, #134   rt_sigaction
            0xD2800220, // 04 mov x0, #17    SIGCHLD
            0x10000161, // 08 adr x1, +44    IGNORE, at 34
            0xD2800002, // 0C mov x2, #0     no old action
            0xD2800103, // 10 mov x3, #8     bytes of a signal mask
            0xD4000001, // 14 svc #0
            0xD2800928, // 18 mov x8, #73    ppoll
            0xD2800000, // 1C mov x0, #0     no descriptors
            0xD2800001, // 20 mov x1, #0     none of them
            0xD2800002, // 24 mov x2, #0     no timeout
            0xD2800003, // 28 mov x3, #0     no signal mask
            0xD4000001, // 2C svc #0
            0x17FFFFFA); // 30 b 18

    private HolderProgram() {}

    /** @param architecture {@code X86_64} or {@code ARM64} */
    static byte[] of(String architecture) {
        return switch (architecture) {
            case "X86_64" -> elf(MACHINE_X86_64, X86_64);
            case "ARM64" -> elf(MACHINE_AARCH64, AARCH64);
            default ->
                throw new IllegalArgumentException(
                        "network mode awsvpc: no network holder for architecture " + architecture);
        };
    }

    private static byte[] elf(short machine, byte[] code) {
        int headers = ELF_HEADER_BYTES + PROGRAM_HEADER_BYTES;
        int size = headers + code.length + IGNORE.length;
        ByteBuffer elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(bytes(0x7F, 'E', 'L', 'F', 2, 1, 1, 0)).putLong(0); // 64 bits, little endian, version 1, System V
        elf.putShort((short) 2).putShort(machine).putInt(1); // executable, machine, version
        elf.putLong(LOAD_ADDRESS + headers); // entry
        elf.putLong(ELF_HEADER_BYTES).putLong(0).putInt(0); // program headers, no section headers, no flags
        elf.putShort(ELF_HEADER_BYTES).putShort(PROGRAM_HEADER_BYTES).putShort((short) 1); // one program header
        elf.putShort((short) 0).putShort((short) 0).putShort((short) 0); // no sections
        elf.putInt(1).putInt(5).putLong(0); // load, readable and executable, from the start of the file
        elf.putLong(LOAD_ADDRESS).putLong(LOAD_ADDRESS); // virtual, physical
        elf.putLong(size).putLong(size).putLong(0x1000); // in the file, in memory, alignment
        return elf.put(code).put(IGNORE).array();
    }

    private static byte[] bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (int value : values) bytes.put((byte) value);
        return bytes.array();
    }

    private static byte[] words(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) bytes.putInt(value);
        return bytes.array();
    }
}
