"""Compares a mask with a NIfTI one of the same voxels: check_nifti.py NIFTI MASK DICE. MASK: one byte a voxel, i fastest.

Exit 0 where the Dice overlap is at least DICE. Says how many voxels differ, and where.
"""
import sys

import nibabel
import numpy

truth = numpy.asarray(nibabel.load(sys.argv[1]).dataobj) > 0
mask = numpy.fromfile(sys.argv[2], numpy.uint8).reshape(truth.shape[::-1]).transpose(2, 1, 0) > 0
dice = 2 * (truth & mask).sum() / (truth.sum() + mask.sum())
print(f"Dice {dice:.4f}, {truth.sum()} voxels in truth, {mask.sum()} in the mask, only in truth "
      f"{numpy.argwhere(truth & ~mask)[:8].tolist()}, only in the mask {numpy.argwhere(mask & ~truth)[:8].tolist()}")
sys.exit(0 if dice >= float(sys.argv[3]) else 1)
