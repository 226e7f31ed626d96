#include "cli/program.h"

int main(int argc, char** argv) { return verbale::cli::RunProgram(argc, argv); }
