"""Receipt held against the register's desil: coverage, errors of every group, their doubt, and whom the register may lack."""
