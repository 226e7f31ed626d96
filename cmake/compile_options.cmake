# verbale_options: what every target of ours is compiled with.

add_library(verbale_options INTERFACE)
target_compile_options(verbale_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wconversion
  -Wno-sign-conversion  # sizes and offsets mix signed and unsigned at every library border
  -ffp-contract=off)    # the same bits on every machine: scores are compared exactly
if(VERBALE_WERROR)
  target_compile_options(verbale_options INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports false positives of this one inside libstdc++ at -O2 and above (GCC PR 105329).
  target_compile_options(verbale_options INTERFACE -Wno-restrict)
endif()
if(VERBALE_SANITIZE)
  target_compile_options(verbale_options INTERFACE
    -fsanitize=${VERBALE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(verbale_options INTERFACE -fsanitize=${VERBALE_SANITIZE})
endif()
target_link_options(verbale_options INTERFACE LINKER:--as-needed)  # RocksDB names its tools' libraries, too.
if(VERBALE_FUZZ)
  # The libraries tell the fuzzer which branches an input took; its main() is linked by the fuzzers.
  target_compile_options(verbale_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

find_program(VERBALE_CCACHE ccache)
if(VERBALE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${VERBALE_CCACHE})
endif()
find_program(VERBALE_MOLD mold)
if(VERBALE_MOLD AND CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang" AND NOT VERBALE_SANITIZE)
  target_link_options(verbale_options INTERFACE -fuse-ld=mold)
endif()
