# verbale_precompile(TARGET header…): what nearly every source of TARGET includes, the standard library's
# containers among it, is parsed once. A source includes what it needs all the same: the presets release
# and tidy do without and show what is missing. A cached build does without, too: ccache does not see what
# a precompiled header was made of and brings back that of an older source.
option(VERBALE_PRECOMPILE "Parse common headers once (precompiled headers)" OFF)
if(VERBALE_CCACHE)
  set(VERBALE_PRECOMPILE OFF)
endif()

function(verbale_precompile TARGET)
  if(NOT VERBALE_PRECOMPILE)
    return()
  endif()
  set(HEADERS <algorithm> <array> <chrono> <cstdint> <functional> <map> <memory> <optional> <span> <string>
      <string_view> <unordered_map> <utility> <variant> <vector>)
  foreach(HEADER ${ARGN})
    if(HEADER MATCHES "^<")
      list(APPEND HEADERS ${HEADER})
    else()
      list(APPEND HEADERS "${PROJECT_SOURCE_DIR}/${HEADER}")
    endif()
  endforeach()
  target_precompile_headers(${TARGET} PRIVATE ${HEADERS})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ forgets which precompiled headers are the system's, and warns of what it inlines from them.
    target_compile_options(${TARGET} PRIVATE -Wno-array-bounds -Wno-maybe-uninitialized -Wno-stringop-overflow)
  endif()
endfunction()
